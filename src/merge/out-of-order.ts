import type { Matches } from "./match-items.ts";
import type { Item } from "./tree.ts";

/** The items that have to be taken out for the rest to be in the same order. */
export function outOfOrder(
  items: readonly Item[],
  matches: Matches,
): ReadonlySet<Item> {
  const present = items.filter((item) => matches.has(item));
  const target = [...matches.values()].sort((a, b) => a.start - b.start);
  const places = present.map((item) =>
    target.indexOf(matches.get(item) ?? item),
  );
  const kept = longestRise(places);
  return new Set(present.filter((_, index) => !kept.has(index)));
}

/** The indexes of a longest rising run of numbers. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const length: number[] = [];
  const from: number[] = [];
  let best = -1;
  for (const [index, number] of numbers.entries()) {
    length[index] = 1;
    from[index] = -1;
    for (let before = 0; before < index; before += 1) {
      if (
        (numbers[before] ?? 0) < number &&
        (length[before] ?? 0) + 1 > (length[index] ?? 0)
      ) {
        length[index] = (length[before] ?? 0) + 1;
        from[index] = before;
      }
    }
    if ((length[index] ?? 0) > (length[best] ?? 0)) best = index;
  }
  const rise = new Set<number>();
  for (let at = best; at >= 0; at = from[at] ?? -1) rise.add(at);
  return rise;
}
