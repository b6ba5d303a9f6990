import { environmentLines, ignoreLines } from "../project/lines.ts";
import { printJson, type Json } from "../render/print-json.ts";
import { mergedByMeaning, parseLoosely } from "../upgrade/plan-standing.ts";

/** Of a file that the tool has only a part in, the part that answers to the pristine one; any other text as it is. */
export function ownPart(id: string, text: string, pristine: string): string {
  const kind = mergedByMeaning[id];
  if (kind === undefined) return text;
  if (kind === "lines") return linesOf(id, text, pristine);
  const part = pick(parseLoosely(text), parseLoosely(pristine));
  return part === undefined ? "" : printJson(part);
}

/** The pristine part in the same layout. */
export function pristinePart(id: string, pristine: string): string {
  return ownPart(id, pristine, pristine);
}

/** The values of `whole` at the keys of `part`. */
function pick(whole: unknown, part: unknown): Json | undefined {
  if (Array.isArray(part)) {
    if (!Array.isArray(whole)) return whole as Json | undefined;
    return whole.filter((item) => part.includes(item)) as Json[];
  }
  if (!isTable(part) || !isTable(whole)) return whole as Json | undefined;
  const entries = Object.keys(part).flatMap((key) => {
    const value = pick(whole[key], part[key]);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function linesOf(id: string, text: string, pristine: string): string {
  const { keyOf } = id === ".env.example" ? environmentLines : ignoreLines;
  const keys = new Set(pristine.split("\n").map(keyOf));
  return text
    .split("\n")
    .filter((line) => keyOf(line) !== undefined && keys.has(keyOf(line)))
    .map((line) => `${line}\n`)
    .join("");
}
