import { entryOf, printEntries } from "./print-entries.ts";
import { saying, type Item, type List } from "./tree.ts";
import type { Pieces } from "./whole-lines.ts";

/** An import or export from one module that both sides added becomes one, with what either names. */
export function uniteImports(
  yours: Item,
  theirs: Item,
  merge: (none: List, yours: List, theirs: List) => Pieces,
): Pieces | undefined {
  const [own, other] = [specifiersOf(yours), specifiersOf(theirs)];
  if (own === undefined || other === undefined) return undefined;
  if (!isSameAround(yours, own, theirs, other)) return undefined;
  const none = { ...own, items: [], end: own.start };
  return around(yours, own, merge(none, own, other));
}

/** Of an import that one side removed and the other changed, what the other added stays, if it is anything. */
export function restOfImport(base: Item, changed: Item): Pieces | undefined {
  const [before, after] = [specifiersOf(base), specifiersOf(changed)];
  if (before === undefined || after === undefined) return undefined;
  if (!isSameAround(base, before, changed, after)) return undefined;
  const old = new Set(before.items.map(({ name }) => name));
  const added = after.items.filter(({ name }) => !old.has(name));
  return added.length === 0
    ? []
    : around(changed, after, printEntries(added.map(entryOf), after, after));
}

function specifiersOf({ lists }: Item): List | undefined {
  return lists[0]?.kind === "specifiers" ? lists[0] : undefined;
}

function isSameAround(a: Item, inA: List, b: Item, inB: List): boolean {
  return (
    saying(a.code, a.body, inA.start) === saying(b.code, b.body, inB.start) &&
    saying(a.code, inA.end, a.end) === saying(b.code, inB.end, b.end)
  );
}

function around(
  { code, start, end }: Item,
  list: List,
  inside: Pieces,
): Pieces {
  return [
    code.text.slice(start, list.start),
    ...inside,
    code.text.slice(list.end, end),
  ];
}
