import { stripVTControlCharacters } from "node:util";
import { wrapAnsi } from "fast-wrap-ansi";

/** A command and what is said of it; the remark goes below it where both are too wide. */
const remarked = /^( *)(\S.*?) {4}(# .*)$/;

/** An item of a list; what is indented without a sign is a command, a path or code. */
const item = /^ *[-!✓✗] /;

/**
 * Lets sentences go on in the next line, at a space, where they are wider than the terminal. Commands, paths and code stay
 * whole, so that they can be copied.
 */
export function fit(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .map((line) => (widthOf(line) > columns ? wrap(line, columns) : line))
    .join("\n");
}

function wrap(line: string, columns: number): string {
  const [, indent, command, remark] = remarked.exec(line) ?? [];
  if (indent !== undefined && remark !== undefined) {
    return `${indent}${command}\n${paragraph(`${indent}  # `, remark.slice(2), columns)}`;
  }
  const plain = stripVTControlCharacters(line);
  const sign = item.exec(plain)?.[0] ?? "";
  if (sign === "" && plain.startsWith(" ")) return line;
  // The sign may be coloured, but has no space in it.
  const start = sign === "" ? 0 : line.indexOf(" ", line.search(/\S/)) + 1;
  const below = " ".repeat(sign.length);
  const text = paragraph(below, line.slice(start), columns);
  return line.slice(0, start) + text.slice(below.length);
}

/** Breaks a text at spaces and puts `start` before each of its lines. */
export function paragraph(
  start: string,
  text: string,
  columns: number,
): string {
  const room = Math.max(columns - start.length, 20);
  return wrapAnsi(text, room)
    .split("\n")
    .map((line) => start + line)
    .join("\n");
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
