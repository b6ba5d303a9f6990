/** One value of each axis, by the axes' order. */
type Row = readonly number[];

/**
 * A small set of combinations in which every pair of values of any two axes occurs: most faults of combining need no
 * more than two. Greedy and without chance, so the set is the same on every run.
 */
export function pairwise(sizes: readonly number[]): readonly Row[] {
  const open = allPairs(sizes);
  const rows: Row[] = [];
  while (open.size > 0) {
    const row = nextRow(sizes, open);
    for (const pair of pairsOf(row)) open.delete(pair);
    rows.push(row);
  }
  return rows;
}

function allPairs(sizes: readonly number[]): Set<string> {
  const pairs = new Set<string>();
  sizes.forEach((size, a) => {
    sizes.slice(a + 1).forEach((other, offset) => {
      for (let i = 0; i < size; i += 1) {
        for (let j = 0; j < other; j += 1) {
          pairs.add(pairKey(a, i, a + 1 + offset, j));
        }
      }
    });
  });
  return pairs;
}

/** Starts from a pair that is still open, so that each row makes progress, and fills in what covers most. */
function nextRow(sizes: readonly number[], open: ReadonlySet<string>): Row {
  const row: (number | undefined)[] = sizes.map(() => undefined);
  const [first = ""] = open;
  const [a = 0, i = 0, b = 0, j = 0] = first.split(" ").map(Number);
  row[a] = i;
  row[b] = j;
  sizes.forEach((size, axis) => {
    if (row[axis] !== undefined) return;
    let best = { value: 0, gain: -1 };
    for (let value = 0; value < size; value += 1) {
      const gain = row.filter(
        (other, index) =>
          other !== undefined &&
          open.has(
            index < axis
              ? pairKey(index, other, axis, value)
              : pairKey(axis, value, index, other),
          ),
      ).length;
      if (gain > best.gain) best = { value, gain };
    }
    row[axis] = best.value;
  });
  return row.map((value) => value ?? 0);
}

function pairsOf(row: Row): string[] {
  return row.flatMap((i, a) =>
    row.slice(a + 1).map((j, offset) => pairKey(a, i, a + 1 + offset, j)),
  );
}

function pairKey(a: number, i: number, b: number, j: number): string {
  return `${a} ${i} ${b} ${j}`;
}
