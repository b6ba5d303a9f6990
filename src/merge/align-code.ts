import { align } from "./align.ts";
import { tokenRange, type Code } from "./code.ts";
import { matchByName } from "./match-items.ts";
import { treeOf, type Item, type List } from "./tree.ts";

/**
 * For each token of one text its partner in another, or -1. Declarations and members find each other by name, wherever
 * they stand, and tokens are compared within them; what is left over is compared in its order.
 */
export function alignCode(a: Code, b: Code): Int32Array {
  const known = pairs.get(a)?.get(b);
  if (known !== undefined) return known;
  const partner = new Int32Array(a.tokens.length).fill(-1);
  alignRanges(
    { code: a, range: [0, a.tokens.length], inside: treeOf(a) },
    { code: b, range: [0, b.tokens.length], inside: treeOf(b) },
    partner,
  );
  pairs.set(
    a,
    (pairs.get(a) ?? new WeakMap<Code, Int32Array>()).set(b, partner),
  );
  return partner;
}

const pairs = new WeakMap<Code, WeakMap<Code, Int32Array>>();

type Range = readonly [from: number, to: number];

/** Tokens of a text, and the declarations among them. */
interface Stretch {
  readonly code: Code;
  readonly range: Range;
  readonly inside: List | undefined;
}

function alignRanges(a: Stretch, b: Stretch, partner: Int32Array): void {
  const matches =
    a.inside && b.inside
      ? matchByName(a.inside, b.inside)
      : new Map<Item, Item>();
  for (const [item, twin] of matches) {
    alignRanges(stretchOf(item), stretchOf(twin), partner);
  }
  const own = restOf(a, [...matches.keys()]);
  const other = restOf(b, [...matches.values()]);
  const found = align(
    own.map((index) => a.code.tokens[index]?.key ?? ""),
    other.map((index) => b.code.tokens[index]?.key ?? ""),
  );
  for (const [at, index] of own.entries()) {
    partner[index] = other[found[at] ?? -1] ?? -1;
  }
}

function stretchOf(item: Item): Stretch {
  const { code, start, next, lists } = item;
  const inside = lists.find(({ kind }) => kind === "members");
  return { code, range: tokenRange(code, start, next), inside };
}

/** The indexes of the tokens that are in none of the items. */
function restOf(
  { code, range: [from, to] }: Stretch,
  items: readonly Item[],
): readonly number[] {
  const rest: number[] = [];
  let at = from;
  const ranges = items
    .map(({ start, next }) => tokenRange(code, start, next))
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of [...ranges, [to, to] as const]) {
    for (; at < start; at += 1) rest.push(at);
    at = end;
  }
  return rest;
}
