import { withoutGuards } from "./guards.ts";
import { closeKey, endKey } from "./layout-tokens.ts";
import { parseText, type Node } from "./syntax.ts";
import { tokensOf, type Token } from "./tokens.ts";

/** A text that parses, with its tokens. */
export interface Code {
  readonly text: string;
  readonly program: Node;
  readonly tokens: readonly Token[];
  /** What is wrong with it that does not keep it from being read. */
  readonly faults: readonly string[];
}

export type ReadCode = (text: string) => Code | undefined;

/** A reader for the texts of one file; each text is parsed once. */
export function codeReader(path: string): ReadCode {
  const known = new Map<string, Code | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(path, text));
    return known.get(text);
  };
}

function read(path: string, text: string): Code | undefined {
  const parsed = parseText(path, text);
  if (parsed === undefined) return undefined;
  const { program, faults, raw } = withoutGuards(parsed);
  const tokens = tokensOf({ text, program, faults, raw });
  return { text, program, faults, tokens };
}

export function keysOf({ tokens }: Code): readonly string[] {
  return tokens.map(({ key }) => key);
}

/** The index of the first token that starts at or after a place. */
export function tokenAt({ tokens }: Code, place: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function tokensIn(
  code: Code,
  start: number,
  end: number,
): readonly Token[] {
  return code.tokens.slice(...tokenRange(code, start, end));
}

/**
 * The indexes of the tokens between two places, the second excluded. A token without characters belongs to what it ends,
 * or to what it opens, and not to the neighbour that starts or ends at the same place.
 */
export function tokenRange(
  code: Code,
  start: number,
  end: number,
): readonly [from: number, to: number] {
  return [
    skipClosing(code, tokenAt(code, start), start),
    skipClosing(code, tokenAt(code, end), end),
  ];
}

function skipClosing({ tokens }: Code, index: number, place: number): number {
  let at = index;
  for (; ; at += 1) {
    const token = tokens[at];
    const closing = token?.key === endKey || token?.key === closeKey;
    if (!closing || token.start !== place || token.end !== place) return at;
  }
}

/** What is between a token and the one before it: white space, and what a formatter may leave out. */
export function gapBefore({ text, tokens }: Code, index: number): string {
  return text.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start);
}
