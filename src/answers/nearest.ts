/** The candidate that a misspelt word most likely meant, or undefined when none is close. */
export function nearest(
  word: string,
  candidates: readonly string[],
): string | undefined {
  const wanted = word.toLowerCase();
  const scored = candidates
    .filter((candidate) => candidate !== "")
    .map((candidate) => ({
      candidate,
      distance: distance(wanted, candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  if (best === undefined) return undefined;
  if (wanted.length >= 3 && best.candidate.toLowerCase().startsWith(wanted)) {
    return best.candidate;
  }
  const allowed = Math.max(1, Math.floor(best.candidate.length / 3));
  return best.distance <= allowed ? best.candidate : undefined;
}

/** Edits between two words, a swap of neighbours counting as one. */
function distance(a: string, b: string): number {
  // Only short words are ever near an option's name; this keeps a long input cheap.
  if (Math.abs(a.length - b.length) > 8) return Infinity;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current[j] = Math.min(
        at(previous, j) + 1,
        at(current, j - 1) + 1,
        at(previous, j - 1) + (same ? 0 : 1),
        swapped ? at(before, j - 2) + 1 : Infinity,
      );
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
