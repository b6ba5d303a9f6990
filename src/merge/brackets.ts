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
  let depth = 0;
  const first = tokenAt(code, open);
  for (const { kind, start, end } of code.tokens.slice(first)) {
    const isMark = kind === "other" || kind === "layout";
    const text = isMark ? code.text.slice(start, end) : "";
    if (/^(?:[{([]|\$\{)$/.test(text)) depth += 1;
    if (/^[})\]]$/.test(text)) depth -= 1;
    if (depth === 0 && end > start) return start;
  }
  return undefined;
}
