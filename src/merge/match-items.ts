import { align } from "./align.ts";
import { tokensIn } from "./code.ts";
import { itemSays, type Item, type List } from "./tree.ts";

/** Which items of two lists are the same thing, the second perhaps changed. */
export type Matches = ReadonlyMap<Item, Item>;

/** Items that say the same first, then in the stretches between them those that are alike; never across each other. */
export function matchInOrder(
  from: readonly Item[],
  to: readonly Item[],
): Matches {
  const matches = new Map<Item, Item>();
  const partner = align(from.map(itemSays), to.map(itemSays));
  let start = 0;
  let next = 0;
  for (let index = 0; index <= from.length; index += 1) {
    const at = index === from.length ? to.length : (partner[index] ?? -1);
    if (at < 0) continue;
    for (const [a, b] of alikeInOrder(
      from.slice(start, index),
      to.slice(next, at),
    ))
      matches.set(a, b);
    const [a, b] = [from[index], to[at]];
    if (a && b) matches.set(a, b);
    start = index + 1;
    next = at + 1;
  }
  return matches;
}

/** Items with names wherever they are; of several with one name, such as overloads, and of the others by their order. */
export function matchByName(from: List, to: List): Matches {
  const matches = new Map<Item, Item>();
  const [own, other] = [byName(from), byName(to)];
  for (const [name, items] of own) {
    const namesakes = other.get(name) ?? [];
    const [a, b] = [items[0], namesakes[0]];
    if (a && b && name !== "" && items.length === 1 && namesakes.length === 1)
      matches.set(a, b);
    else for (const [x, y] of matchInOrder(items, namesakes)) matches.set(x, y);
  }
  return matches;
}

/** Declarations that are alike but for their names, in their order. */
export function matchRenamed(
  from: readonly Item[],
  to: readonly Item[],
): Matches {
  const nameless = (items: readonly Item[]): readonly Item[] =>
    items.map((item) => ({ ...item, name: "" }));
  const [own, other] = [nameless(from), nameless(to)];
  const matches = new Map<Item, Item>();
  for (const [a, b] of alikeInOrder(own, other)) {
    const [item, twin] = [from[own.indexOf(a)], to[other.indexOf(b)]];
    if (item && twin) matches.set(item, twin);
  }
  return matches;
}

function byName({ items }: List): ReadonlyMap<string, readonly Item[]> {
  const named = new Map<string, Item[]>();
  for (const item of items) {
    named.set(item.name, [...(named.get(item.name) ?? []), item]);
  }
  return named;
}

/** The pairs of the greatest likeness in sum. */
function alikeInOrder(
  from: readonly Item[],
  to: readonly Item[],
): readonly (readonly [Item, Item])[] {
  if (from.length * to.length === 0 || from.length * to.length > 2500)
    return [];
  const width = to.length + 1;
  const best = new Float64Array((from.length + 1) * width);
  const alike = from.map((a) => to.map((b) => likeness(a, b)));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j] ?? 0,
        best[i * width + j + 1] ?? 0,
        (alike[i]?.[j] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0),
      );
    }
  }
  const pairs: (readonly [Item, Item])[] = [];
  for (let i = 0, j = 0; i < from.length && j < to.length;) {
    const [a, b] = [from[i], to[j]];
    const here = best[i * width + j] ?? 0;
    if (here === (best[(i + 1) * width + j] ?? 0)) i += 1;
    else if (here === (best[i * width + j + 1] ?? 0)) j += 1;
    else {
      if (a && b) pairs.push([a, b]);
      i += 1;
      j += 1;
    }
  }
  return pairs;
}

/** How much of what two items say they have in common, from 0 to 1; below a half they are two different things. */
function likeness(a: Item, b: Item): number {
  if (a.type !== b.type || isAround(a, b) || isAround(b, a)) return 0;
  if (a.name !== "" && b.name !== "" && a.type !== "Comment")
    return a.name === b.name ? 1 : 0;
  const [own, other] = [wordsOf(a), wordsOf(b)];
  const left = new Map<string, number>();
  for (const word of own) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of other) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  const share = (2 * common) / (own.length + other.length);
  return share >= 0.5 ? share : 0;
}

/** Whether the one holds what the other says in a block of its own: then it is wrapped around it, and no new form of it. */
function isAround({ lists }: Item, inner: Item): boolean {
  return lists.some(({ items }) =>
    items.some(
      (item) =>
        itemSays(item) === itemSays(inner) ||
        (item.end - item.start > inner.end - inner.start &&
          isAround(item, inner)),
    ),
  );
}

/** What an item is about; the marks between its words are alike everywhere, and count only where there is nothing else. */
function wordsOf({ code, start, end, type }: Item): readonly string[] {
  if (type === "Comment") return code.text.slice(start, end).split(/\s+/);
  const keys = tokensIn(code, start, end)
    .filter(({ kind }) => kind !== "layout")
    .map(({ key }) => key);
  const words = keys.filter((key) => /[\p{L}\p{N}_$'"`]/u.test(key));
  return words.length > 0 ? words : keys;
}
