import { tokensIn, type Code } from "./code.ts";
import type { Token } from "./tokens.ts";

/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function commentsIn(
  code: Code,
  start: number,
  end: number,
): readonly Token[] {
  return tokensIn(code, start, end).filter(({ kind }) => kind === "comment");
}

/** Comments, and what follows them, in blocks with no empty line inside. */
export function blocksOf(
  { text }: Code,
  spans: readonly Span[],
): readonly (readonly Span[])[] {
  const blocks: Span[][] = [];
  for (const span of spans) {
    const last = blocks.at(-1)?.at(-1);
    const gap = text.slice(last?.end, span.start);
    if (last === undefined || /\n\s*\n/.test(gap)) blocks.push([span]);
    else blocks.at(-1)?.push(span);
  }
  return blocks;
}
