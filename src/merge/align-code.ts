import { align } from "./align.ts";
import { gapBefore, tokenRange, type Code } from "./code.ts";
import { matchByName } from "./match-items.ts";
import { slideToLines, type Compared } from "./slide.ts";
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
  const [left, right] = [compared(a.code, own), compared(b.code, other)];
  const found = align(left.keys, right.keys);
  slideToLines(found, left);
  const back = inverse(found, right.keys.length);
  slideToLines(back, right);
  const matched = inverse(back, left.keys.length);
  for (const [at, index] of own.entries()) {
    partner[index] = other[matched[at] ?? -1] ?? -1;
  }
}

function compared(code: Code, indexes: readonly number[]): Compared {
  return {
    keys: indexes.map((index) => code.tokens[index]?.key ?? ""),
    startsLine: (at) => gapBefore(code, indexes[at] ?? 0).includes("\n"),
  };
}

function inverse(partner: Int32Array, length: number): Int32Array {
  const back = new Int32Array(length).fill(-1);
  for (const [at, other] of partner.entries()) {
    if (other >= 0) back[other] = at;
  }
  return back;
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
