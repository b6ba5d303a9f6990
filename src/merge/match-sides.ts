import {
  matchByName,
  matchInOrder,
  matchRenamed,
  type Matches,
} from "./match-items.ts";
import { itemSays, type Item, type List } from "./tree.ts";

/**
 * What the items of a list became on both sides; one that you renamed is
 * still that thing, so that it meets what the new version did to it: another name, or its removal.
 */
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
    // What both call by one new name is something new on both sides.
    if (a === undefined || a.name === b?.name) continue;
    own.set(item, a);
    if (b !== undefined) other.set(item, b);
  }
  return [own, other];
}

/**
 * What the items of a list became on both sides, in their order. What both sides have and the base has not is new on
 * both: where likeness took it for a change of something that the other side has in another form, it is left out.
 */
export function matchSidesInOrder(
  base: readonly Item[],
  yours: readonly Item[],
  theirs: readonly Item[],
): readonly [Matches, Matches] {
  const before = new Set(base.map(itemSays));
  const own = new Set(yours.map(itemSays));
  const other = new Set(theirs.map(itemSays));
  const isNew = (item: Item): boolean => {
    const says = itemSays(item);
    return !before.has(says) && own.has(says) && other.has(says);
  };
  const [mine, its] = [matchInOrder(base, yours), matchInOrder(base, theirs)];
  const isMisled = base.some((item) => {
    const [a, b] = [mine.get(item), its.get(item)];
    const differ = a && b && itemSays(a) !== itemSays(b);
    return differ && (isNew(a) || isNew(b));
  });
  if (!isMisled) return [mine, its];
  const known = (items: readonly Item[]): readonly Item[] =>
    items.filter((item) => !isNew(item));
  return [matchInOrder(base, known(yours)), matchInOrder(base, known(theirs))];
}

export function without(list: List, matches: Matches): List {
  const matched = new Set(matches.values());
  return { ...list, items: list.items.filter((item) => !matched.has(item)) };
}
