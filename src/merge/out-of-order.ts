import type { Matches } from "./match-items.ts";
import type { Item } from "./tree.ts";

/** The items that have to be taken out for the rest to be in the same order: as few as possible, and rather small ones. */
export function outOfOrder(
  items: readonly Item[],
  matches: Matches,
): ReadonlySet<Item> {
  const present = items.filter((item) => matches.has(item));
  const target = [...matches.values()].sort((a, b) => a.start - b.start);
  const placeOf = new Map(target.map((item, place) => [item, place]));
  const places = present.map((item) => ({
    place: placeOf.get(matches.get(item) ?? item) ?? -1,
    weight: 1 + (item.end - item.start) / item.code.text.length / items.length,
  }));
  const last = (index: number): number => places[index - 1]?.place ?? -1;
  if (places.every(({ place }, index) => last(index) < place)) return new Set();
  const kept = heaviestRise(places);
  return new Set(present.filter((_, index) => !kept.has(index)));
}

/** The indexes of the rising run with the greatest weight. */
function heaviestRise(
  steps: readonly { readonly place: number; readonly weight: number }[],
): ReadonlySet<number> {
  const sums: number[] = [];
  const from: number[] = [];
  let best = -1;
  for (const [index, { place, weight }] of steps.entries()) {
    let before = -1;
    for (let at = 0; at < index; at += 1) {
      const rises = (steps[at]?.place ?? 0) < place;
      if (rises && (sums[at] ?? 0) > (sums[before] ?? 0)) before = at;
    }
    sums[index] = (sums[before] ?? 0) + weight;
    from[index] = before;
    if ((sums[index] ?? 0) > (sums[best] ?? 0)) best = index;
  }
  const rise = new Set<number>();
  for (let at = best; at >= 0; at = from[at] ?? -1) rise.add(at);
  return rise;
}
