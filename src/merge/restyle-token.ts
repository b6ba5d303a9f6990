import { gapBefore, type Code } from "./code.ts";
import { indentAt } from "./indentation.ts";
import { closeKey, endKey, openKey } from "./layout-tokens.ts";
import type { Style } from "./style.ts";

/** What a token of a text looks like in another style; `indent` is that of the line it comes to stand on. */
export function tokenInStyle(
  code: Code,
  index: number,
  style: Style,
  indent: string,
): string {
  const token = code.tokens[index];
  if (token === undefined) return "";
  const raw = code.text.slice(token.start, token.end);
  if (token.key === endKey) return endInStyle(code, index, raw, style);
  if (token.key === openKey && style.arrowParentheses !== undefined) {
    return style.arrowParentheses ? "(" : "";
  }
  if (token.key === closeKey && style.arrowParentheses !== undefined) {
    return style.arrowParentheses ? ")" : "";
  }
  if (token.kind === "string" && style.quote !== undefined) {
    return /^(['"])[^'"\\]*\1$/.test(raw)
      ? style.quote + raw.slice(1, -1) + style.quote
      : raw;
  }
  if (token.kind === "comment" && raw.includes("\n")) {
    return reindentLines(raw, indentAt(code.text, token.start), indent);
  }
  return raw;
}

/** A semicolon is left out only where the next line cannot be read as going on. */
function endInStyle(
  code: Code,
  index: number,
  raw: string,
  { semicolons }: Style,
): string {
  if (semicolons === undefined || raw === ",") return raw;
  if (semicolons) return ";";
  const next =
    code.tokens.slice(index + 1).find(({ kind }) => kind !== "comment")?.key ??
    "";
  const alone =
    gapBefore(code, index + 1).includes("\n") || /^(?:\}|<eof>)$/.test(next);
  return alone && !/^(?:[([`+\-*/<]|\(arrow)/.test(next) ? "" : ";";
}

function reindentLines(text: string, from: string, to: string): string {
  const [first = "", ...rest] = text.split("\n");
  return [
    first,
    ...rest.map((line) =>
      line.startsWith(from) ? to + line.slice(from.length) : line,
    ),
  ].join("\n");
}
