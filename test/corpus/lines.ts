import { diffIndices } from "node-diff3";

/** Every line with its own ending, so that joining gives the text back. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The lines that two texts have in common, in their order. */
export function commonLines(
  a: readonly string[],
  b: readonly string[],
): readonly string[] {
  const changed = new Set(
    diffIndices([...a], [...b]).flatMap(({ buffer1: [from, count] }) =>
      Array.from({ length: count }, (_, index) => from + index),
    ),
  );
  return a.filter((_, index) => !changed.has(index));
}

/** The lines of the first that the second does not have, in this order. */
export function missingLines(
  wanted: readonly string[],
  text: readonly string[],
): readonly string[] {
  return diffIndices([...wanted], [...text]).flatMap(
    ({ buffer1: [from, count] }) => wanted.slice(from, from + count),
  );
}
