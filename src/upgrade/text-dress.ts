import { isWindows } from "../merge/line-endings.ts";

/** What a text wears besides its lines: a byte order mark, its line endings, and whether the last line has one. */
export interface TextDress {
  readonly mark: boolean;
  /** `mixed` where a file has both; its text is then left as it is. */
  readonly endings: "\n" | "\r\n" | "mixed";
  readonly finalNewline: boolean;
}

const mark = "\uFEFF";

/** Reads off what a text wears; an empty one wears what the tool writes. */
export function dressOf(text: string): TextDress {
  const endings = endingsOf(text);
  const body = text.replace(mark, "");
  const finalNewline = body === "" || /[\r\n]$/.test(body);
  return { mark: text.startsWith(mark), endings, finalNewline };
}

function endingsOf(text: string): TextDress["endings"] {
  if (!text.includes("\r\n")) return "\n";
  return isWindows(text) ? "\r\n" : "mixed";
}

/** The bare text: no mark, LF, a newline at the end. Nothing is lost: `dress` puts all of it back. */
export function undress(text: string): string {
  const { endings, finalNewline } = dressOf(text);
  const body = text.startsWith(mark) ? text.slice(1) : text;
  const lines = endings === "\r\n" ? body.replaceAll("\r\n", "\n") : body;
  return finalNewline ? lines : `${lines}\n`;
}

/** Puts a bare text into another one's dress. */
export function dress(text: string, worn: TextDress): string {
  const body = worn.finalNewline ? text : text.replace(/\n$/, "");
  const lines =
    worn.endings === "\r\n" ? body.replaceAll(/\r?\n/g, "\r\n") : body;
  return worn.mark ? mark + lines : lines;
}
