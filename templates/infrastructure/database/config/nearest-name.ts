/**
 * The candidate that a misspelt name most likely means: case, `_` and `-` do not count, and one
 * slip is allowed in a name of up to four characters, two in a longer one.
 */
export function nearestName(
  name: string,
  candidates: readonly string[],
): string | undefined {
  const wanted = plain(name);
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = countSlips(wanted, plain(candidate));
    if (slips < (best?.slips ?? Infinity)) best = { name: candidate, slips };
  }
  return best !== undefined && best.slips <= (wanted.length <= 4 ? 1 : 2)
    ? best.name
    : undefined;
}

/** The name without the prefix and the separators that only spell it. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^db_/, "")
    .replaceAll(/[_-]/g, "")
    .slice(0, 64);
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function countSlips(from: string, to: string): number {
  let older: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        i > 1 && j > 1 && swapped ? (older[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    older = row;
    row = next;
  }
  return row[to.length] ?? Infinity;
}
