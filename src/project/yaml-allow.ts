import type { AllowForm } from "../requirements/allow-forms.ts";

/** Adds the permission for install scripts to the text of a pnpm-workspace.yaml; what is there stays as it is. */
export function allowInYaml(text: string, forms: readonly AllowForm[]): string {
  return forms
    .filter(({ file }) => file === "pnpm-workspace.yaml")
    .reduce(
      (yaml, { keys }) => allowOne(yaml, keys[0] ?? "", keys[1] ?? ""),
      text,
    );
}

/** Takes permissions out of the text of a pnpm-workspace.yaml, and the table when it is left empty. */
export function withdrawInYaml(text: string, names: readonly string[]): string {
  return names.reduce(withdrawOne, text);
}

function withdrawOne(text: string, name: string): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith(`${table}:`));
  if (start === -1) return text;
  const end = lastOfBlock(lines, start);
  const at = lines.findIndex(
    (line, index) => index > start && index <= end && isPermission(line, name),
  );
  if (at === -1) return text;
  const alone = end === start + 1;
  lines.splice(alone ? start : at, alone ? 2 : 1);
  return lines.join(eol);
}

const table = "allowBuilds";

function isPermission(line: string, name: string): boolean {
  return names(line, name) && /:\s*true\s*$/.test(line);
}

function allowOne(text: string, table: string, name: string): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith(`${table}:`));
  if (start === -1)
    return appendTable(text, `${table}:${eol}  ${name}: true${eol}`, eol);
  const inline = /^(\w+:\s*\{)(.*)(\}\s*(?:#.*)?)$/.exec(lines[start] ?? "");
  const end = inline ? start : lastOfBlock(lines, start);
  if (lines.slice(start, end + 1).some((line) => names(line, name)))
    return text;
  if (inline) {
    const [, head = "", body = "", tail = ""] = inline;
    const items = body.trim() === "" ? "" : `${body.trim()}, `;
    lines[start] = `${head} ${items}${name}: true ${tail}`;
  } else {
    const indent = /^(\s+)\S/.exec(lines[start + 1] ?? "")?.[1] ?? "  ";
    const own = end > start ? indent : "  ";
    lines.splice(end + 1, 0, `${own}${name}: true`);
  }
  return lines.join(eol);
}

function appendTable(text: string, table: string, eol: string): string {
  if (text.trim() === "") return table;
  return text + (text.endsWith("\n") ? eol : eol + eol) + table;
}

/** The last line of the block that belongs to the key at `start`. */
function lastOfBlock(lines: readonly string[], start: number): number {
  let last = start;
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (/^\s+[^\s#]/.test(line)) last = index;
    else if (!/^\s*(#.*)?$/.test(line)) break;
  }
  return last;
}

function names(line: string, name: string): boolean {
  const escaped = name.replaceAll(/[^\w-]/g, "\\$&");
  return new RegExp(`(^|[\\s{,])["']?${escaped}["']?\\s*:`).test(line);
}
