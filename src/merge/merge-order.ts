import { align } from "./align.ts";
import { matchSidesInOrder } from "./match-sides.ts";
import { saysPlainly } from "./plain-saying.ts";
import { entryOf, mergedEntry, type Entry } from "./print-entries.ts";
import { itemSays, type Item, type List } from "./tree.ts";
import type { Pieces } from "./whole-lines.ts";

/** What merging a list asks of the merge around it. */
export interface Around {
  /** Whether the item is left to the user, whatever became of it. */
  isDisputed(item: Item): boolean;
  merge(base: Item, yours: Item, theirs: Item): Pieces;
  /** The pieces for items that are left to the user; any of the three can be none. */
  dispute(
    base: readonly Item[],
    yours: readonly Item[],
    theirs: readonly Item[],
  ): Pieces;
}

/**
 * Merges lists in which the order matters: statements, arguments, parameters. Items that all three have are anchors and
 * merged each by itself; what one side alone changed between two anchors is taken; what both changed is a conflict.
 */
export function mergeInOrder(
  { items: base }: List,
  { items: yours }: List,
  { items: theirs }: List,
  around: Around,
): readonly Entry[] {
  const [own, other] = matchSidesInOrder(base, yours, theirs);
  const entries: Entry[] = [];
  let [b, y, t] = [0, 0, 0];
  const between = (nextB: number, nextY: number, nextT: number): void => {
    entries.push(
      ...mergeStretch(
        base.slice(b, nextB),
        yours.slice(y, nextY),
        theirs.slice(t, nextT),
        around,
      ),
    );
    [b, y, t] = [nextB + 1, nextY + 1, nextT + 1];
  };
  for (const [index, item] of base.entries()) {
    const [mine, its] = [own.get(item), other.get(item)];
    if (mine === undefined || its === undefined) continue;
    between(index, yours.indexOf(mine), theirs.indexOf(its));
    const pieces = around.merge(item, mine, its);
    entries.push(mergedEntry({ base: item, yours: mine, theirs: its }, pieces));
  }
  between(base.length, yours.length, theirs.length);
  return entries;
}

/** Merges lists of as many items each, every place for itself. */
export function mergeInPlace(
  base: List,
  yours: List,
  theirs: List,
  around: Around,
): readonly Entry[] {
  return base.items.flatMap((item, place) => {
    const [mine, its] = [yours.items[place], theirs.items[place]];
    if (mine === undefined || its === undefined) return [];
    const sides = { base: item, yours: mine, theirs: its };
    return [mergedEntry(sides, around.merge(item, mine, its))];
  });
}

function mergeStretch(
  base: readonly Item[],
  yours: readonly Item[],
  theirs: readonly Item[],
  around: Around,
): readonly Entry[] {
  const [before, own, other] = [base, yours, theirs].map((items) =>
    items.map(itemSays).join("\u0003"),
  );
  if (other === before || own === other) return yours.map(entryOf);
  if (own === before || saysPlainly(yours) === saysPlainly(base))
    return theirs.map(entryOf);
  const merged = withoutRemoved(base, yours, theirs);
  if (merged !== undefined) return merged.map(entryOf);
  const first = yours[0] ?? theirs[0];
  if (first === undefined) return [];
  const last = yours.at(-1) ?? theirs.at(-1) ?? first;
  return [
    {
      ...entryOf(first),
      end: last,
      pieces: around.dispute(base, yours, theirs),
    },
  ];
}

/**
 * Where one side only removed items, and the other only put some beside those that it kept or removed others, the order
 * of what is left is certain; undefined where a side replaced something, or both inserted.
 */
function withoutRemoved(
  base: readonly Item[],
  yours: readonly Item[],
  theirs: readonly Item[],
): readonly Item[] | undefined {
  const partners = (items: readonly Item[]): Int32Array =>
    align(base.map(itemSays), items.map(itemSays));
  const [own, other] = [partners(yours), partners(theirs)];
  const keepsAll = (partner: Int32Array): boolean => !partner.includes(-1);
  const addsNone = (partner: Int32Array, items: readonly Item[]): boolean =>
    partner.filter((at) => at >= 0).length === items.length;
  if (addsNone(own, yours) && (keepsAll(other) || addsNone(other, theirs)))
    return theirs.filter((_, at) => own[other.indexOf(at)] !== -1);
  if (keepsAll(own) && addsNone(other, theirs))
    return yours.filter((_, at) => other[own.indexOf(at)] !== -1);
  return undefined;
}
