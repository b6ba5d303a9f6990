import { parse } from "jsonc-parser";
import { environmentLines, ignoreLines } from "../project/lines.ts";
import { undress } from "./text-dress.ts";

/** How a file's text stands to what the tool wrote. */
export type TextStanding = "unchanged" | "changed";

/** The files of which only some keys or lines are the tool's, by id. */
export const mergedByMeaning: Readonly<
  Record<string, "keys" | "lines" | undefined>
> = {
  "package.json": "keys",
  "tsconfig.json": "keys",
  ".env.example": "lines",
  ".gitignore": "lines",
  "pnpm-workspace.yaml": "lines",
};

/**
 * Compares with the pristine text, which may come in the project's own style too: neither line endings, a byte order
 * mark, the last newline nor a run of the formatter is an edit.
 */
export function standingOf(
  id: string,
  bases: readonly string[],
  yours: string,
): TextStanding {
  const text = undress(yours);
  if (bases.includes(text)) return "unchanged";
  const kind = mergedByMeaning[id];
  const [base = ""] = bases;
  if (kind === "keys") {
    return holds(parseLoosely(text), parseLoosely(base))
      ? "unchanged"
      : "changed";
  }
  return kind === "lines" && hasLines(id, text, base) ? "unchanged" : "changed";
}

/** A JSON text with comments and trailing commas as a value. */
export function parseLoosely(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true }) as unknown;
}

/** Whether everything of `part` is in `whole`; a list holds the items of another. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    const list: readonly unknown[] = Array.isArray(whole) ? whole : [];
    return part.every((item) => list.includes(item));
  }
  if (typeof part !== "object" || part === null) return whole === part;
  if (typeof whole !== "object" || whole === null) return false;
  const table = whole as Readonly<Record<string, unknown>>;
  return Object.entries(part).every(([key, value]) => holds(table[key], value));
}

function hasLines(id: string, text: string, base: string): boolean {
  const { keyOf } = id === ".env.example" ? environmentLines : ignoreLines;
  const lines = new Set(text.split("\n"));
  return base
    .split("\n")
    .filter((line) => keyOf(line) !== undefined)
    .every((line) => lines.has(line));
}
