import type { Around } from "./merge-order.ts";
import type { Matches } from "./match-items.ts";
import { matchSides, without } from "./match-sides.ts";
import { entryOf, mergedEntry, type Entry } from "./print-entries.ts";
import { outOfOrder } from "./out-of-order.ts";
import { matchAdded } from "./match-added.ts";
import { saysPlainly } from "./plain-saying.ts";
import { itemSays, type Item, type List } from "./tree.ts";

/** What a merge of named things asks of the merge around it. */
export interface AroundNames extends Around {
  /** Pieces for something that both sides added and that can be one, such as an import from one module. */
  unite(yours: Item, theirs: Item): Entry["pieces"] | undefined;
  /** What is left of an item that one side changed and the other removed, if that is certain; it can be nothing. */
  rest(base: Item, changed: Item): Entry["pieces"] | undefined;
}

/**
 * Merges lists of things with names: declarations, imports, members, properties. Each is merged with its namesakes,
 * wherever they are; what one side added is there, what one side removed is not. The order is the user's, and what the
 * new version adds or moves follows what it follows there.
 */
export function mergeByName(
  base: List,
  yours: List,
  theirs: List,
  around: AroundNames,
): readonly Entry[] {
  const [own, other] = matchSides(base, yours, theirs);
  const added = matchAdded(without(yours, own), without(theirs, other));
  const entries: Entry[] = [];
  const toBase = new Map([...own].map(([item, mine]) => [mine, item]));
  for (const item of yours.items) {
    const before = toBase.get(item);
    const entry = before
      ? kept(before, item, other.get(before), around)
      : addedByBoth(item, added.get(item), around);
    if (entry !== undefined) entries.push(entry);
  }
  place(
    entries,
    theirs,
    arriving(own, other, new Set(added.values()), theirs, around),
    movesOf(base, own, other),
    around,
  );
  return entries;
}

function kept(
  base: Item,
  yours: Item,
  theirs: Item | undefined,
  around: AroundNames,
): Entry | undefined {
  if (theirs !== undefined) {
    const pieces = around.merge(base, yours, theirs);
    return mergedEntry({ base, yours, theirs }, pieces);
  }
  if (isLayout(base, yours) && !around.isDisputed(base)) return undefined;
  const rest = around.rest(base, yours);
  if (rest?.length === 0) return undefined;
  return {
    ...entryOf(yours),
    pieces: rest ?? around.dispute([base], [yours], []),
  };
}

function addedByBoth(
  yours: Item,
  theirs: Item | undefined,
  around: AroundNames,
): Entry {
  if (theirs === undefined || itemSays(yours) === itemSays(theirs)) {
    return theirs ? { ...entryOf(yours), theirs } : entryOf(yours);
  }
  return {
    ...entryOf(yours),
    theirs,
    pieces:
      around.unite(yours, theirs) ?? around.dispute([], [yours], [theirs]),
  };
}

/** What comes from the new version alone, by its item there: things that it added, and changes of what the user removed. */
function arriving(
  own: Matches,
  other: Matches,
  shared: ReadonlySet<Item>,
  theirs: List,
  around: AroundNames,
): ReadonlyMap<Item, Entry> {
  const toBase = new Map([...other].map(([item, its]) => [its, item]));
  const entries = new Map<Item, Entry>();
  for (const item of theirs.items) {
    const before = toBase.get(item);
    if (before === undefined) {
      if (!shared.has(item)) entries.set(item, addedByThem(item, around));
    } else if (!own.has(before) && !isLayout(before, item)) {
      const rest = around.rest(before, item);
      if (rest?.length === 0) continue;
      entries.set(item, {
        ...entryOf(item),
        theirs: item,
        pieces: rest ?? around.dispute([before], [], [item]),
      });
    }
  }
  return entries;
}

function addedByThem(item: Item, around: AroundNames): Entry {
  const entry = { ...entryOf(item), theirs: item };
  return around.isDisputed(item)
    ? { ...entry, pieces: around.dispute([], [], [item]) }
    : entry;
}

/** Whether nothing but what a formatter decides became of an item. */
function isLayout(before: Item, after: Item): boolean {
  return saysPlainly([before]) === saysPlainly([after]);
}

/** Which things the sides moved, by their items in the new version. */
interface Moves {
  readonly byThem: ReadonlySet<Item>;
  /** These stay where the user put them, and say nothing about where others belong. */
  readonly byYou: ReadonlySet<Item>;
}

function movesOf(base: List, own: Matches, other: Matches): Moves {
  const shared = base.items.filter((item) => own.has(item) && other.has(item));
  const mine = outOfOrder(shared, own);
  const its = [...outOfOrder(shared, other)].filter(
    (item) => !mine.has(item) && item.type !== "ImportDeclaration",
  );
  const there = (items: Iterable<Item>): ReadonlySet<Item> =>
    new Set([...items].flatMap((item) => other.get(item) ?? []));
  return { byThem: there(its), byYou: there(mine) };
}

/** Puts each arriving or moved thing after what it follows in the new version. */
function place(
  entries: Entry[],
  theirs: List,
  arriving: ReadonlyMap<Item, Entry>,
  moves: Moves,
  around: AroundNames,
): void {
  let previous: Entry | undefined;
  const anchors = theirs.items.filter((item) => !moves.byYou.has(item));
  const byTheirs = new Map(entries.map((entry) => [entry.theirs, entry]));
  for (const item of theirs.items) {
    const present = byTheirs.get(item);
    const entry =
      arriving.get(item) ?? (moves.byThem.has(item) ? present : undefined);
    if (entry !== undefined) {
      if (present) entries.splice(entries.indexOf(present), 1);
      const at = placeOf(item, entries, anchors, previous);
      const next = entries[at];
      if (next !== undefined && bothNameless(entry, next)) {
        const pieces = around.dispute([], [next.item], [entry.item]);
        entries.splice(at, 1, { ...next, pieces });
      } else entries.splice(at, 0, entry);
    }
    if (!moves.byYou.has(item)) previous = entry ?? present ?? previous;
  }
}

/** After what it follows in the new version, if that is of its sort; else before what follows it there. */
function placeOf(
  item: Item,
  entries: readonly Entry[],
  anchors: readonly Item[],
  previous: Entry | undefined,
): number {
  const after = previous ? entries.indexOf(previous) + 1 : 0;
  if (previous?.item.type === item.type) return after;
  const following = new Set(anchors.slice(anchors.indexOf(item) + 1));
  const next = entries.findIndex(
    (entry, index) =>
      index >= after &&
      entry.theirs !== undefined &&
      following.has(entry.theirs),
  );
  return next >= 0 ? next : previous ? after : entries.length;
}

/** Statements that both sides put in one place: nothing says which comes first. */
function bothNameless(theirs: Entry, yours: Entry): boolean {
  return (
    yours.theirs === undefined &&
    [theirs.item, yours.item].every(
      ({ name, type }) => name === "" && type !== "Comment",
    )
  );
}
