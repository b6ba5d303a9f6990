import { isBare } from "./bare-bodies.ts";
import { endingOf } from "./line-endings.ts";
import { tailSays, textOf, type Item, type List } from "./tree.ts";
import type { Pieces } from "./whole-lines.ts";

/** One place in a merged list: its text, and the item whose white space and comma it has. */
export interface Entry {
  readonly item: Item;
  /** The last item, where a place holds several. */
  readonly end: Item;
  /** The same thing in the new version, where there is one. */
  readonly theirs?: Item;
  readonly pieces: Pieces;
}

export function entryOf(item: Item): Entry {
  return { item, end: item, pieces: [textOf(item)] };
}

/** The place of an item that all three have; the comment at the end of its line is the one that a side changed. */
export function mergedEntry(
  { base, yours, theirs }: { base: Item; yours: Item; theirs: Item },
  pieces: Pieces,
): Entry {
  const end = tailSays(yours) === tailSays(base) ? theirs : yours;
  return { item: yours, end, theirs, pieces };
}

/** The inside of a list as the user has it, with these entries. */
export function printEntries(
  entries: readonly Entry[],
  yours: List,
  theirs: List,
): Pieces {
  if (entries.length === 0) return [emptied(yours)];
  const isOurs = yours.items.length > 0 && (!isBare(yours) || isBare(theirs));
  const model = isOurs ? yours : theirs;
  const last = model.items.at(-1);
  const oneLine = !textOf(model).includes("\n");
  const pieces: (string | Pieces[number])[] = [];
  for (const [index, entry] of entries.entries()) {
    const isLast = index === entries.length - 1;
    const lead = leadOf(entry, index === 0, model, [yours, theirs]);
    pieces.push(
      oneLine ? lead.replace(/\s*\n\s*/, index === 0 ? "" : " ") : lead,
    );
    pieces.push(...entry.pieces);
    const closed = isLast && last !== undefined && !hasComma(last);
    pieces.push(
      ...(isDivided(yours)
        ? [divided(entry.end, !closed)]
        : [afterOf(entry.end)]),
    );
  }
  const close = model.code.text.slice(last?.next ?? model.start, model.end);
  return [...pieces, close];
}

/** What is left between the brackets when every item is gone; comments before something leave no line behind. */
function emptied(list: List): string {
  const last = list.items.at(-1);
  if (last === undefined) return textOf(list);
  return list.kind === "comments"
    ? ""
    : list.code.text.slice(last.next, list.end);
}

/** Whether commas stand between the items. */
export function isDivided({ kind }: List): boolean {
  return /^(?:properties|pattern|items|specifiers|parameters|arguments|enum)$/.test(
    kind,
  );
}

function afterOf({ code, end, next }: Item): string {
  return code.text.slice(end, next);
}

function hasComma(item: Item): boolean {
  return /^(?:\s|\/\*[^]*?\*\/)*,/.test(afterOf(item));
}

/** What follows an item, with or without a comma. */
function divided(item: Item, wanted: boolean): string {
  const after = afterOf(item);
  if (item.type === "Comment" || hasComma(item) === wanted) return after;
  return wanted ? `,${after}` : after.replace(",", "");
}

/**
 * An item that comes to be the first, or no longer is, takes the white space of the place that it moved to; so does one
 * that comes into braces.
 */
function leadOf(
  { item, theirs }: Entry,
  first: boolean,
  model: List,
  sides: readonly [yours: List, theirs: List],
): string {
  const fits = (place: Item | undefined): boolean =>
    place?.first === first &&
    sides.some(
      (side) => side.code === place.code && isBare(side) === isBare(model),
    );
  if (fits(item)) return leadText(item);
  if (theirs && fits(theirs)) return leadText(theirs);
  const places = sides.flatMap(({ items }) => items).filter(fits);
  const like = places.find(({ type }) => type === item.type);
  if (like === undefined && item.type === "ImportDeclaration" && !first) {
    return endingOf(model.code.text);
  }
  return leadText(like ?? places[0] ?? item);
}

function leadText({ code, lead, start }: Item): string {
  return code.text.slice(lead, start);
}
