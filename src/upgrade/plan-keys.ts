import type { Json } from "../render/print-json.ts";
import {
  appendItem,
  setList,
  setValue,
  sortedPlace,
  valueAt,
} from "../project/json-text.ts";

/** One value of a JSON file by the keys that lead to it. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly value: Json;
}

/** What shall become of a value that both sides have a word on. */
export interface Decision {
  readonly take: "yours" | "theirs";
  /** What to tell the user. */
  readonly note?: string;
}

/** How a file's own meaning steers the merge. */
export interface KeyRules {
  /** What a value is about, wherever it stands; an item of a list by its own text as the last key. */
  readonly name: (keys: readonly string[]) => string;
  /** Where a value of the tool's stands in the user's file, which may have it elsewhere. */
  readonly place: (keys: readonly string[], text: string) => readonly string[];
  /** Decides where the user's value is neither the old nor the new one of the tool. */
  readonly decide: (
    keys: readonly string[],
    values: {
      readonly base: Json | undefined;
      readonly yours: unknown;
      readonly theirs: Json | undefined;
    },
  ) => Decision;
}

/** The merged text, and what was left as the user has it although the layer says something else. */
export interface MergedKeys {
  readonly text: string;
  readonly notes: readonly string[];
}

/** Brings the change from `base` to `theirs` into a JSON text value by value; the user's order and layout stay. */
export function mergeKeys(
  base: Json,
  yours: string,
  theirs: Json,
  rules: KeyRules,
): MergedKeys {
  const old = new Map(leavesOf(base).map((leaf) => [pathOf(leaf), leaf]));
  const now = new Map(leavesOf(theirs).map((leaf) => [pathOf(leaf), leaf]));
  const notes: string[] = [];
  let text = yours;
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const [before, after] = [old.get(path)?.value, now.get(path)?.value];
    const keys = (now.get(path) ?? old.get(path))?.keys ?? [];
    if (same(before, after)) continue;
    text = mergeValue(text, keys, before, after, rules, notes);
  }
  return { text, notes };
}

function mergeValue(
  text: string,
  keys: readonly string[],
  base: Json | undefined,
  theirs: Json | undefined,
  rules: KeyRules,
  notes: string[],
): string {
  const place = [...rules.place(keys, text)];
  const yours = valueAt(text, place);
  if (same(yours, theirs)) return text;
  if (isList(base ?? theirs) && isList(yours ?? [])) {
    return mergeList(text, place, base, theirs);
  }
  // What the user took out stays out.
  const untouched = same(yours, base);
  const decision: Decision = untouched
    ? { take: "theirs" }
    : rules.decide(keys, { base, yours, theirs });
  if (decision.note !== undefined) notes.push(decision.note);
  if (decision.take === "yours") return text;
  return theirs === undefined
    ? removeKey(text, place)
    : setKey(text, place, theirs);
}

function setKey(text: string, place: string[], value: Json): string {
  if (isList(value)) return setList(text, place, value.map(String));
  return setValue(text, place, value, sortedPlace(place.at(-1) ?? ""));
}

/** A table that the last of our keys leaves empty goes too. */
function removeKey(text: string, place: string[]): string {
  const removed = setValue(text, place, undefined);
  const parent = place.slice(0, -1);
  const table = valueAt(removed, parent);
  const empty =
    typeof table === "object" &&
    table !== null &&
    Object.keys(table).length === 0;
  return parent.length > 0 && empty
    ? setValue(removed, parent, undefined)
    : removed;
}

/** Lists are sets: what the tool adds is added, what it drops is dropped, the rest is the user's. */
function mergeList(
  text: string,
  place: string[],
  base: Json | undefined,
  theirs: Json | undefined,
): string {
  const [old, now] = [itemsOf(base), itemsOf(theirs)];
  const present = itemsOf(valueAt(text, place));
  const added = now.filter(
    (item) => !old.includes(item) && !present.includes(item),
  );
  const dropped = old.filter(
    (item) => !now.includes(item) && present.includes(item),
  );
  const without = dropped.reduce(
    (result, item) =>
      setValue(
        result,
        [...place, itemsOf(valueAt(result, place)).indexOf(item)],
        undefined,
      ),
    text,
  );
  return added.reduce(
    (result, item) => appendItem(result, place, item),
    without,
  );
}

function leavesOf(value: Json, keys: readonly string[] = []): readonly Leaf[] {
  if (typeof value !== "object" || value === null || isList(value)) {
    return [{ keys, value }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...keys, key]),
  );
}

function pathOf({ keys }: Leaf): string {
  return JSON.stringify(keys);
}

function itemsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
