import { align } from "./align.ts";
import { keysOf, tokenAt, tokensIn, type Code } from "./code.ts";
import { treeOf, type Item, type List } from "./tree.ts";

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

export function findWraps(before: Code, after: Code): readonly Wrap[] {
  const partner = align(keysOf(after), keysOf(before));
  return listsIn(treeOf(after))
    .flatMap(({ items }) => items)
    .filter(({ type }) => type === "TryStatement")
    .flatMap((item): readonly Wrap[] => {
      const block = item.lists[0];
      const isNew = partner[tokenAt(after, item.body)] === -1;
      const run = isNew && block && runIn(before, block, partner);
      if (!run) return [];
      return [
        {
          run,
          head: after.text.slice(item.body, block.start),
          foot: after.text.slice(block.end, item.end),
        },
      ];
    });
}

export function listsIn(list: List): readonly List[] {
  return [list, ...list.items.flatMap((item) => item.lists.flatMap(listsIn))];
}

/** The statements that a block was made from: all that it has in common with the earlier text, and no more. */
function runIn(
  before: Code,
  block: List,
  partner: Int32Array,
): Run | undefined {
  const first = tokenAt(block.code, block.start);
  const last = tokenAt(block.code, block.end);
  const inside = [...partner.slice(first, last)].filter((at) => at >= 0);
  const start = before.tokens[inside[0] ?? -1]?.start;
  const end = before.tokens[inside.at(-1) ?? -1]?.start;
  if (start === undefined || end === undefined) return undefined;
  const run = listsIn(treeOf(before))
    .filter(({ kind }) => kind === "statements")
    .map((list) => ({
      list,
      from: indexAt(list.items, start),
      to: indexAt(list.items, end) + 1,
    }))
    .findLast(({ from, to }) => from >= 0 && to > from);
  const items = run?.list.items.slice(run.from, run.to) ?? [];
  const all = items.flatMap(({ start, next }) => tokensIn(before, start, next));
  const outside = partner.filter(
    (at, index) =>
      (index < first || index >= last) && isWithin(before, at, items),
  );
  const isSame = outside.length === 0 && inside.length * 10 >= all.length * 7;
  return isSame ? run : undefined;
}

function indexAt(items: readonly Item[], place: number): number {
  return items.findIndex(({ start, next }) => start <= place && place < next);
}

function isWithin(code: Code, index: number, items: readonly Item[]): boolean {
  const place = code.tokens[index]?.start;
  return place !== undefined && indexAt(items, place) >= 0;
}
