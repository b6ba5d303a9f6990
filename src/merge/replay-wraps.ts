import { alignCode } from "./align-code.ts";
import { tokenAt, type Code, type ReadCode } from "./code.ts";
import { findWraps, listsIn, type Run, type Wrap } from "./find-wraps.ts";
import { indentAt } from "./indentation.ts";
import { endingOf } from "./line-endings.ts";
import { matchInOrder } from "./match-items.ts";
import type { Sides } from "./sides.ts";
import { styleOf } from "./style.ts";
import { treeOf, type Item, type List } from "./tree.ts";

type Codes = Readonly<Record<keyof Sides, Code>>;

/** More blocks than this in one file are not worth the time. */
const mostWraps = 20;

/**
 * Puts statements that one side wrapped in `try` into the same `try` on the other sides, so that what these changed
 * lands inside. Other blocks may never run, or run twice: what belongs inside them is for the user to say.
 */
export function replayWraps(codes: Codes, read: ReadCode): Codes {
  let current = codes;
  for (const [side, other] of [
    ["yours", "theirs"],
    ["theirs", "yours"],
  ] as const) {
    let skipped = 0;
    for (let count = 0; count < mostWraps; count += 1) {
      const wrap = findWraps(current.base, current[side])[skipped];
      if (wrap === undefined) break;
      const twin = twinOf(wrap.run, current[other]);
      const base = put(current.base, wrap.run, wrap, read);
      const wrapped = twin && put(current[other], twin, wrap, read);
      if (base && wrapped) current = { ...current, base, [other]: wrapped };
      else skipped += 1;
    }
  }
  return current;
}

/** Whether a side put statements into a `try`: a line at the end of one may belong inside, or behind it. */
export function hasWraps(sides: Sides, read: ReadCode): boolean {
  const base = read(sides.base);
  return [sides.yours, sides.theirs].some((text) => {
    const code = read(text);
    return base && code ? findWraps(base, code).length > 0 : false;
  });
}

/** The same statements in another text, where it is certain which they are. */
function twinOf({ list, from, to }: Run, other: Code): Run | undefined {
  const twin = twinList(list, other);
  if (twin === undefined) return undefined;
  const matches = matchInOrder(list.items, twin.items);
  const place = (item: Item | undefined): number => {
    const match = item && matches.get(item);
    return match ? twin.items.indexOf(match) : -1;
  };
  const { items } = list;
  const start = from === 0 ? 0 : place(items[from - 1]) + 1;
  const end = to === items.length ? twin.items.length : place(items[to]);
  const isWhole = from === 0 && to === items.length;
  const isClear =
    isWhole ||
    ((from === 0 || place(items[from]) === start) &&
      (to === items.length || place(items[to - 1]) === end - 1));
  const known = items.slice(from, to).some((item) => place(item) >= 0);
  return isClear && known && start < end
    ? { list: twin, from: start, to: end }
    : undefined;
}

/** The list whose opening bracket is the same token. */
function twinList(list: List, other: Code): List | undefined {
  const partner = alignCode(list.code, other);
  const open = partner[tokenAt(list.code, list.start - 1)] ?? -1;
  const place = other.tokens[open]?.end;
  return listsIn(treeOf(other))
    .map(({ list: found }) => found)
    .find(({ kind, start }) => kind === list.kind && start === place);
}

function put(
  code: Code,
  { list, from, to }: Run,
  { head, foot }: Wrap,
  read: ReadCode,
): Code | undefined {
  const [first, last] = [list.items[from], list.items[to - 1]];
  if (first === undefined || last === undefined) return undefined;
  const indent = indentAt(code.text, first.start);
  const ending = endingOf(code.text);
  const { unit } = styleOf(code);
  const inside = deeper(code, first.start, last.next, unit);
  return read(
    code.text.slice(0, first.start) +
      head +
      ending +
      indent +
      unit +
      inside +
      ending +
      indent +
      foot +
      code.text.slice(last.next),
  );
}

/** A stretch of text one step deeper; the lines of a template literal are its value and stay. */
function deeper(code: Code, start: number, end: number, unit: string): string {
  const values = code.tokens.filter(({ kind }) => kind === "template");
  return code.text
    .slice(start, end)
    .replaceAll(/\n(?=[^\r\n])/g, (newline: string, at: number) => {
      const place = start + at;
      const isValue = values.some(
        (token) => token.start <= place && place < token.end,
      );
      return isValue ? newline : newline + unit;
    });
}
