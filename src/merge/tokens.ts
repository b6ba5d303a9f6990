import { layoutOf } from "./layout-tokens.ts";
import type { ParsedText, RawToken } from "./syntax.ts";

type TokenKind =
  "name" | "string" | "comment" | "template" | "layout" | "other";

/**
 * A token that means something. What a formatter may change at will is not one: white space, a trailing comma, a leading
 * bar. What it may leave out but what ends or bounds something is always one, if need be without a character: the end
 * of a statement, the parentheses of an arrow function's only parameter.
 */
export interface Token {
  /** Equal for tokens that say the same, however they are written. */
  readonly key: string;
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** How many braces are open before it. */
  readonly depth: number;
}

/** The tokens of a text in order; the last one is the end of the text. */
export function tokensOf(parsed: ParsedText): readonly Token[] {
  const { keys, unwritten } = layoutOf(parsed);
  const tokens: Token[] = [];
  let depth = 0;
  let next = 0;
  for (const [index, raw] of parsed.raw.entries()) {
    for (; (unwritten[next]?.at ?? Infinity) <= raw.start; next += 1) {
      const { key = "", at = 0 } = unwritten[next] ?? {};
      tokens.push({ key, kind: "layout", start: at, end: at, depth });
    }
    const known = keys.get(raw.start);
    if (known === undefined && isOptional(parsed.raw, index)) continue;
    if (raw.label === "}") depth -= 1;
    const { key, kind } = describe(parsed, raw, known);
    const end = raw.label === "eof" ? raw.start : raw.end;
    tokens.push({ key, kind, start: raw.start, end, depth });
    if (raw.label === "{" || raw.label === "${") depth += 1;
  }
  return tokens;
}

function describe(
  parsed: ParsedText,
  { label, value, start, end }: RawToken,
  known: string | undefined,
): { readonly key: string; readonly kind: TokenKind } {
  if (label === "eof") return { key: "<eof>", kind: "other" };
  if (known !== undefined) {
    return { key: known, kind: label === "string" ? "name" : "layout" };
  }
  if (label === "string") return { key: `'${value}`, kind: "string" };
  const text = parsed.text.slice(start, end).replaceAll("\r\n", "\n");
  if (label === "name") return { key: text, kind: "name" };
  if (label.startsWith("Comment")) {
    return { key: text.replaceAll(/\s*\n\s*/g, "\n"), kind: "comment" };
  }
  return { key: text, kind: label === "template" ? "template" : "other" };
}

/** A comma before a closing bracket, or a bar with nothing before it. */
function isOptional(raw: readonly RawToken[], index: number): boolean {
  const label = raw[index]?.label;
  if (label === ",") {
    return (
      /^(?:[)\]}]|<\/>.*)$/.test(neighbour(raw, index, 1)) &&
      !/^[[,]?$/.test(neighbour(raw, index, -1))
    );
  }
  return (
    (label === "|" || label === "&") &&
    /^(?:[=(:<,[|&?]|=>|<\/>.*|extends)$/.test(neighbour(raw, index, -1))
  );
}

/** The kind of the next token in a direction that is not a comment. */
function neighbour(
  raw: readonly RawToken[],
  index: number,
  step: 1 | -1,
): string {
  let at = index + step;
  while (raw[at]?.label.startsWith("Comment")) at += step;
  return raw[at]?.label ?? "";
}
