import { tokenAt, type Code } from "./code.ts";
import { openKey } from "./layout-tokens.ts";

/** Where the next such token starts. */
export function find(
  code: Code,
  mark: string,
  from: number,
  to: number,
): number | undefined {
  const { tokens } = code;
  for (
    let index = tokenAt(code, from);
    (tokens[index]?.start ?? to) < to;
    index += 1
  ) {
    const token = tokens[index];
    const written = token !== undefined && token.end > token.start;
    const isArrow = mark === "(" && token?.key === openKey;
    if (written && (token.key === mark || isArrow)) return token.start;
  }
  return undefined;
}

/** Where the bracket that opens at a place is closed. */
export function closing(
  code: Code,
  open: number | undefined,
): number | undefined {
  if (open === undefined) return undefined;
  const { text, tokens } = code;
  let depth = 0;
  for (let index = tokenAt(code, open); index < tokens.length; index += 1) {
    const { kind = "other", start = 0, end = 0 } = tokens[index] ?? {};
    if (start === end) continue;
    const isMark = kind === "other" || kind === "layout";
    if (isMark) depth += steps.get(text.slice(start, end)) ?? 0;
    if (depth === 0) return start;
  }
  return undefined;
}

/** How much deeper the text is after a bracket. */
const steps: ReadonlyMap<string, 1 | -1> = new Map([
  ["{", 1],
  ["${", 1],
  ["(", 1],
  ["[", 1],
  ["}", -1],
  [")", -1],
  ["]", -1],
]);
