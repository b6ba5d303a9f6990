import { matchByName, matchRenamed, type Matches } from "./match-items.ts";
import type { List } from "./tree.ts";

/** What the items of a list became on both sides; one that each renamed in its own way is one thing and not two new ones. */
export function matchSides(
  base: List,
  yours: List,
  theirs: List,
): readonly [Matches, Matches] {
  const own = new Map(matchByName(base, yours));
  const other = new Map(matchByName(base, theirs));
  const gone = base.items.filter(
    (item) =>
      !own.has(item) && !other.has(item) && !/^$|^import /.test(item.name),
  );
  const mine = matchRenamed(gone, without(yours, own).items);
  const its = matchRenamed(gone, without(theirs, other).items);
  for (const item of gone) {
    const [a, b] = [mine.get(item), its.get(item)];
    if (a === undefined || b === undefined) continue;
    own.set(item, a);
    other.set(item, b);
  }
  return [own, other];
}

export function without(list: List, matches: Matches): List {
  const matched = new Set(matches.values());
  return { ...list, items: list.items.filter((item) => !matched.has(item)) };
}
