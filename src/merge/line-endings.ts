/** The ending that most lines of a text have; a text without lines gets the plain one. */
export function endingOf(text: string): "\n" | "\r\n" {
  const all = text.split("\n").length - 1;
  const windows = text.split("\r\n").length - 1;
  return windows * 2 > all ? "\r\n" : "\n";
}

/** Whether every line ends as on Windows, and there is one. */
export function isWindows(text: string): boolean {
  return text.includes("\r\n") && !/(?<!\r)\n/.test(text);
}

/** A text with the line endings, byte order mark and final newline of another. */
export function withEndingsOf(model: string, text: string): string {
  const ending = endingOf(model);
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const body = model.endsWith("\n")
    ? plain.replace(/([^\n])$/, "$1\n")
    : model === ""
      ? plain
      : plain.replace(/\n$/, "");
  const mark = model.startsWith("\uFEFF") ? "\uFEFF" : "";
  return mark + (ending === "\n" ? body : body.replaceAll("\n", ending));
}
