import { tokensIn } from "./code.ts";
import { intents } from "./intents.ts";
import type { Conflict } from "./merged.ts";
import type { Token } from "./tokens.ts";
import { textOf, type Item, type List } from "./tree.ts";

/** A conflict over items that stand together; a side without any removed them. */
export function disputeItems(
  base: readonly Item[],
  yours: readonly Item[],
  theirs: readonly Item[],
  path: string,
  reason?: string,
): Conflict {
  return {
    name: path,
    reason:
      reason ??
      intents(
        {
          base: base.flatMap(tokensOf),
          yours: yours.flatMap(tokensOf),
          theirs: theirs.flatMap(tokensOf),
        },
        path,
        isInside(yours[0] ?? theirs[0], path),
      ),
    base: textOfAll(base),
    yours: textOfAll(yours),
    theirs: textOfAll(theirs),
  };
}

/** A conflict over the whole inside of a list. */
export function disputeList(
  base: List,
  yours: List,
  theirs: List,
  path: string,
): Conflict {
  return {
    name: path,
    reason: intents(
      {
        base: tokensOf(base),
        yours: tokensOf(yours),
        theirs: tokensOf(theirs),
      },
      path,
    ),
    base: textOf(base),
    yours: textOf(yours),
    theirs: textOf(theirs),
  };
}

/** Whether an item is not what the path names but a part of it, such as a statement. */
function isInside(item: Item | undefined, path: string): boolean {
  return (
    item?.name === undefined || item.name === "" || !path.endsWith(item.name)
  );
}

function tokensOf({ code, start, end }: Item | List): readonly Token[] {
  return tokensIn(code, start, end);
}

function textOfAll(items: readonly Item[]): string {
  const [first, last] = [items[0], items.at(-1)];
  return first && last ? first.code.text.slice(first.start, last.end) : "";
}
