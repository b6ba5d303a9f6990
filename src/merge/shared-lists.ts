import { align } from "./align.ts";
import { isBare } from "./bare-bodies.ts";
import type { Item, List } from "./tree.ts";

export interface SharedList {
  readonly base: List;
  readonly yours: List;
  readonly theirs: List;
}

/** The lists of an item that play the same part in all three versions. */
export function sharedLists(
  base: Item,
  yours: Item,
  theirs: Item,
): readonly SharedList[] {
  const own = align(partsOf(base), partsOf(yours));
  const other = align(partsOf(base), partsOf(theirs));
  return base.lists.flatMap((list, index) => {
    const mine = yours.lists[own[index] ?? -1];
    const its = theirs.lists[other[index] ?? -1];
    if (mine === undefined || its === undefined) return [];
    // Braces that one side took away are missed by what the other adds.
    const isBraced = !isBare(list) && (isBare(mine) || isBare(its));
    return isBraced ? [] : [{ base: list, yours: mine, theirs: its }];
  });
}

function partsOf({ lists }: Item): readonly string[] {
  return lists.map(({ kind, hint }) => `${kind} ${hint}`);
}
