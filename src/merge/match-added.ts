import { bindingsOf } from "./bindings.ts";
import { matchByName, type Matches } from "./match-items.ts";
import { without } from "./match-sides.ts";
import type { Item, List } from "./tree.ts";

/** What both sides added: of one name, or else declaring one name. */
export function matchAdded(yours: List, theirs: List): Matches {
  const named = matchByName(yours, theirs);
  const rest = yours.items.filter((item) => !named.has(item));
  return new Map([
    ...named,
    ...matchDeclared({ ...yours, items: rest }, without(theirs, named)),
  ]);
}

/**
 * Things that two lists declare under one name although they are of different sorts, such as an import and a function:
 * a file can have only one of them.
 */
function matchDeclared(from: List, to: List): Matches {
  const matches = new Map<Item, Item>();
  if (from.kind !== "file" || from.items.length === 0) return matches;
  const byName = new Map(
    to.items.flatMap((item) => declaredIn(item).map((name) => [name, item])),
  );
  const taken = new Set<Item>();
  for (const item of from.items) {
    const twin = declaredIn(item)
      .map((name) => byName.get(name))
      .find((other) => other !== undefined && !taken.has(other));
    if (twin === undefined) continue;
    matches.set(item, twin);
    taken.add(twin);
  }
  return matches;
}

/** The names that an item gives the file. */
function declaredIn({ code, start, end }: Item): readonly string[] {
  return bindingsOf(code)
    .all.filter(
      ({ declared, depth, member }) =>
        depth === 0 &&
        !member &&
        declared.some((at) => start <= at && at < end),
    )
    .map(({ name }) => name);
}
