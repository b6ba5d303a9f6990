/** A value of the generated source: code as it stands, an array, or an object. */
export type Source = string | readonly Source[] | SourceObject;

export interface SourceObject {
  readonly entries: readonly (readonly [key: string, value: Source])[];
}

const width = 80;

/**
 * Lays a value out as Prettier's defaults would: on one line when it fits, else one item a line.
 * `before` and `after` are what stands on the same line around it.
 */
export function layOut(value: Source, before: string, after: string): string {
  if (typeof value === "string") return before + value + after;
  const line = before + flat(value) + after;
  return fits(line) ? line : expand(value, before, after);
}

/** One item a line, whether or not all would fit. */
export function expand(
  value: Exclude<Source, string>,
  before: string,
  after: string,
): string {
  const indent = `${/^ */.exec(before)?.[0] ?? ""}  `;
  const closing = indent.slice(2);
  const [open, close, items] = isObject(value)
    ? ["{", "}", value.entries]
    : ["[", "]", value.map((item) => ["", item] as const)];
  const lines = items.map(([key, item]) =>
    layOut(item, indent + label(key, item), ","),
  );
  return [`${before}${open}`, ...lines, `${closing}${close}${after}`].join(
    "\n",
  );
}

/** Whether a line stays within Prettier's width. */
export function fits(line: string): boolean {
  return line.length <= width;
}

/** `import { A, type B } from "place";`, one name a line when it grows too long. */
export function importLine(names: readonly string[], from: string): string {
  const line = `import { ${names.join(", ")} } from "${from}";`;
  if (names.length === 1 || fits(line)) return line;
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${from}";`;
}

function flat(value: Source): string {
  if (typeof value === "string") return value;
  if (!isObject(value)) return `[${value.map(flat).join(", ")}]`;
  const entries = value.entries.map(
    ([key, item]) => label(key, item) + flat(item),
  );
  return `{ ${entries.join(", ")} }`;
}

/** Nothing for an array's item, and for a variable that goes by the same name. */
function label(key: string, value: Source): string {
  return key === "" || key === value ? "" : `${key}: `;
}

function isObject(value: Exclude<Source, string>): value is SourceObject {
  return !Array.isArray(value);
}
