import { alignCode } from "./align-code.ts";
import type { Code } from "./code.ts";
import { matchInOrder } from "./match-items.ts";
import { itemSays, treeOf, type Item, type List } from "./tree.ts";

/** Statements of a text, one after the other in one list. */
export interface Run {
  readonly list: List;
  readonly from: number;
  /** The index after the last. */
  readonly to: number;
}

/** Statements of one text that the next text has inside a `try`. */
export interface Wrap {
  readonly run: Run;
  readonly head: string;
  readonly foot: string;
}

/** A list, and the type of what it is in. */
interface Owned {
  readonly list: List;
  readonly owner: string;
}

export function findWraps(before: Code, after: Code): readonly Wrap[] {
  const kept = new Set(alignCode(before, after));
  if (!after.tokens.some(({ key }, at) => key === "try" && !kept.has(at))) {
    return [];
  }
  const free = listsIn(treeOf(before))
    .filter(({ list, owner }) => isStatements(list) && owner !== "TryStatement")
    .map(({ list }) => list);
  return listsIn(treeOf(after))
    .filter(({ list }) => isStatements(list))
    .flatMap(({ list }) => list.items)
    .filter(({ type }) => type === "TryStatement")
    .flatMap((item) => wrapOf(item, free) ?? []);
}

export function listsIn(list: List, owner = ""): readonly Owned[] {
  return [
    { list, owner },
    ...list.items.flatMap((item) =>
      item.lists.flatMap((inner) => listsIn(inner, item.type)),
    ),
  ];
}

function isStatements({ kind }: List): boolean {
  return kind === "statements";
}

function wrapOf(item: Item, lists: readonly List[]): Wrap | undefined {
  const block = item.lists[0];
  const runs = lists.flatMap((list) => (block && runIn(list, block)) ?? []);
  const [run] = runs.sort((a, b) => b.to - b.from - (a.to - a.from));
  if (block === undefined || run === undefined) return undefined;
  const { text } = item.code;
  return {
    run,
    head: text.slice(item.body, block.start),
    foot: text.slice(block.end, item.end),
  };
}

/** The statements of a list that a block was made from: most of them are in it as they were. */
function runIn(list: List, block: List): Run | undefined {
  const matches = matchInOrder(list.items, block.items);
  const places = list.items.flatMap((item, index) =>
    matches.has(item) ? [index] : [],
  );
  const [from] = places;
  const to = (places.at(-1) ?? 0) + 1;
  const items = list.items.slice(from, to);
  const same = items.filter((item) => {
    const match = matches.get(item);
    return match !== undefined && itemSays(match) === itemSays(item);
  });
  const isMost = sizeOf(same) * 10 >= sizeOf(items) * 6;
  return from !== undefined && same.length > 0 && isMost
    ? { list, from, to }
    : undefined;
}

function sizeOf(items: readonly Item[]): number {
  return items.reduce((sum, { start, next }) => sum + next - start, 0);
}
