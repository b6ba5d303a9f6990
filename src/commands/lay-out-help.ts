import { paragraph } from "../fit.ts";

/** A name and what it means, as yargs sets them when lines may be as long as they like. */
const row = /^( +\S.*?) {2,}(\S.*)$/;

/** What is left for an explanation has to be worth reading. */
const leastRoom = 32;

/** Sets help that has one entry a line: explanations beside the names where there is room, else below them. */
export function layOutHelp(text: string, columns = 80): string {
  return text
    .split("\n\n")
    .map((section) => layOut(section.split("\n"), columns))
    .join("\n\n");
}

function layOut(lines: readonly string[], columns: number): string {
  const names = lines.flatMap((line) => row.exec(line)?.[1] ?? []);
  const start = Math.max(...names.map(({ length }) => length)) + 2;
  const beside = start + leastRoom <= columns;
  return lines
    .map((line) => {
      const [, name, meaning = ""] = row.exec(line) ?? [];
      if (name === undefined) return line;
      const words = meaning.replace(/ {2,}/g, " ");
      if (!beside) return `${name}\n${paragraph("        ", words, columns)}`;
      const block = paragraph(" ".repeat(start), words, columns);
      return name.padEnd(start) + block.slice(start);
    })
    .join("\n");
}
