import type { Code } from "./code.ts";
import { sayingsOf } from "./conservation.ts";
import { itemSays, treeOf, type Item } from "./tree.ts";

interface Named {
  readonly name: string;
  readonly item: Item;
}

/** What a text declares: members of classes by class and name, else what stands in the file itself. */
function namedIn(code: Code): readonly Named[] {
  return treeOf(code).items.flatMap((item): readonly Named[] => {
    const members = item.lists.find(({ kind }) => kind === "members");
    const inside = (members?.items ?? []).map((member) => ({
      name: `${item.name}.${member.name}`,
      item: member,
    }));
    return inside.length > 0 ? inside : [{ name: item.name, item }];
  });
}

/** The declaration that a place in a text is in; empty outside all of them. */
export function declarationAt(code: Code, place: number): string {
  const found = namedIn(code).find(
    ({ item }) => item.start <= place && place < item.next,
  );
  return found?.name ?? "";
}

/** The declarations that say something, and how often. */
export function declarationsWith(
  key: string,
  code: Code,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const said of sayingsOf(code)) {
    if (said.key !== key) continue;
    const name = declarationAt(code, said.start);
    if (name !== "") counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The declarations that one of two texts has and the other has not, or not so. */
export function changedDeclarations(
  before: Code,
  after: Code,
): ReadonlySet<string> {
  const [old, now] = [before, after].map(saidByName);
  const names = [...(old?.keys() ?? []), ...(now?.keys() ?? [])];
  return new Set(names.filter((name) => old?.get(name) !== now?.get(name)));
}

function saidByName(code: Code): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const { name, item } of namedIn(code)) {
    said.set(name, (said.get(name) ?? "") + itemSays(item));
  }
  said.delete("");
  return said;
}
