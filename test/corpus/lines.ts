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
  const changed = changedIndices(a, b);
  return a.filter((_, index) => !changed.has(index));
}

/** Common lines, without blank ones beside a change: how much space a new line has around it is its layout. */
export function untouchedLines(
  a: readonly string[],
  b: readonly string[],
): readonly string[] {
  const changed = changedIndices(b, a);
  const beside = new Set(
    diffIndices([...b], [...a]).flatMap(({ buffer1: [from, count] }) => [
      from - 1,
      from + count,
    ]),
  );
  return b.filter(
    (line, index) =>
      !changed.has(index) && (line.trim() !== "" || !beside.has(index)),
  );
}

function changedIndices(
  a: readonly string[],
  b: readonly string[],
): ReadonlySet<number> {
  return new Set(
    diffIndices([...a], [...b]).flatMap(({ buffer1: [from, count] }) =>
      Array.from({ length: count }, (_, index) => from + index),
    ),
  );
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

/** The lines that are more often in the first than in the second, in whatever order. */
export function surplus(
  wanted: readonly string[],
  text: readonly string[],
): readonly string[] {
  const left = new Map<string, number>();
  for (const line of text) left.set(line, (left.get(line) ?? 0) + 1);
  return wanted.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
