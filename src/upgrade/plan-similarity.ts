import { toLineFeeds } from "../record.ts";

/** From this share on, a text counts as the moved one. */
export const similarEnough = 0.6;

/** The share of lines that two texts have in common, from 0 to 1; indents, empty lines and imports do not count. */
export function similarity(a: string, b: string): number {
  const left = linesOf(a);
  const right = linesOf(b);
  const total = left.length + right.length;
  if (total === 0) return 0;
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of right) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    common += 1;
    counts.set(line, count - 1);
  }
  return (2 * common) / total;
}

function linesOf(text: string): string[] {
  return toLineFeeds(text)
    .split("\n")
    .map((line) => line.trim().replaceAll(/["'`;,]/g, ""))
    .filter((line) => /\w/.test(line) && !/\bfrom\b.*\//.test(line));
}
