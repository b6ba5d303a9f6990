/**
 * For each item of `a` the index of its partner in `b`, or -1: a longest common subsequence, found by Myers' greedy
 * algorithm. Texts that differ in more than `limit` places are aligned at their ends only.
 */
export function align(
  a: readonly string[],
  b: readonly string[],
  limit = 1500,
): Int32Array {
  const partner = new Int32Array(a.length).fill(-1);
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) partner[head] = head++;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) {
    tail += 1;
    partner[a.length - tail] = b.length - tail;
  }
  const middle = (list: readonly string[]): readonly string[] =>
    list.slice(head, list.length - tail);
  for (const [x, y] of steps(middle(a), middle(b), limit)) {
    partner[head + x] = head + y;
  }
  return partner;
}

/** The pairs of a shortest edit script. */
function steps(
  a: readonly string[],
  b: readonly string[],
  limit: number,
): readonly (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0) return [];
  const [from, to] = numbered(a, b);
  const most = Math.min(a.length + b.length, limit);
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(most - edits, most + edits + 3));
    for (let k = -edits; k <= edits; k += 2) {
      const at = most + 1 + k;
      const below = reach[at - 1] ?? 0;
      const above = reach[at + 1] ?? 0;
      let x =
        k === -edits || (k !== edits && below < above) ? above : below + 1;
      while (x < from.length && x - k < to.length && from[x] === to[x - k]) {
        x += 1;
      }
      reach[at] = x;
      if (x >= from.length && x - k >= to.length) {
        return backtrack(trace, from.length, to.length);
      }
    }
  }
  return [];
}

/** Follows the furthest paths back from the end; what lies between two edits is common. */
function backtrack(
  trace: readonly Int32Array[],
  endX: number,
  endY: number,
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let x = endX;
  let y = endY;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits];
    const read = (k: number): number => reach?.[k + edits + 1] ?? 0;
    const k = x - y;
    const down = k === -edits || (k !== edits && read(k - 1) < read(k + 1));
    const fromX = edits === 0 ? 0 : read(down ? k + 1 : k - 1);
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    const snake = edits === 0 || down ? fromX : fromX + 1;
    while (x > snake) pairs.push([--x, --y]);
    x = fromX;
    y = fromY;
  }
  return pairs;
}

/** Comparing numbers is cheaper than comparing texts. */
function numbered(
  a: readonly string[],
  b: readonly string[],
): readonly [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const number = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return [Int32Array.from(a, number), Int32Array.from(b, number)];
}
