/** How a value is written into the kind of file it lands in, such that it stays a value there. */
export function escapeFor(path: string): (value: string) => string {
  return /\.[cm]?[jt]sx?$/.test(path) ? insideString : asLine;
}

/** Safe between double quotes, single quotes and backticks alike. */
function insideString(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(/['`]/g, "\\$&")
    .replaceAll("${", "\\${")
    .replaceAll(
      /[\u2028\u2029]/g,
      (mark) => `\\u${mark.charCodeAt(0).toString(16)}`,
    );
}

/** Text and dotenv know no escape: a line break is the only way out of a line. */
function asLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
