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
    { code: a, range: [0, a.tokens.length], inside: () => treeOf(a) },
    { code: b, range: [0, b.tokens.length], inside: () => treeOf(b) },
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
  readonly inside: () => List | undefined;
}

function alignRanges(a: Stretch, b: Stretch, partner: Int32Array): void {
  if (isWritten(a, b)) {
    pairUp(a.range, b.range, partner);
    return;
  }
  const [from, to] = [a.inside(), b.inside()];
  const matches = from && to ? matchByName(from, to) : new Map<Item, Item>();
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

/** Whether two stretches are the same to the letter. */
function isWritten(a: Stretch, b: Stretch): boolean {
  return lengthOf(a) === lengthOf(b) && textOf(a) === textOf(b);
}

function lengthOf({ range: [from, to] }: Stretch): number {
  return to - from;
}

function textOf({ code, range: [from, to] }: Stretch): string {
  return code.text.slice(code.tokens[from]?.start, code.tokens[to - 1]?.end);
}

function pairUp([from, to]: Range, [other]: Range, partner: Int32Array): void {
  for (let at = from; at < to; at += 1) partner[at] = other + at - from;
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
  const { code, start, next } = item;
  const range = tokenRange(code, start, next);
  return { code, range, inside: () => membersIn(item, range) };
}

/** Looking into a declaration costs more than seeing that it has no class. */
function membersIn(item: Item, [from, to]: Range): List | undefined {
  const tokens = item.code.tokens.slice(from, to);
  return tokens.some(({ key }) => key === "class")
    ? item.lists.find(({ kind }) => kind === "members")
    : undefined;
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
