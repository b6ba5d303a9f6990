import { valueAt } from "../project/json-text.ts";
import { commonKeys, withoutKeys, type LineList } from "../project/lines.ts";
import type { Json } from "../render/print-json.ts";
import type { KeyRules } from "./plan-keys.ts";

/** The three sides of a merge without what is no business of the tool's. */
export interface Owned<T> {
  readonly base: T;
  readonly theirs: T;
  /** What the layer asks for from now on and the user had before. */
  readonly own: readonly string[];
}

/** Of a JSON file: what was the user's before is taken out of the base, so that it is not taken out of the file. */
export function ownValues(
  base: Json,
  yours: string,
  theirs: Json,
  recorded: readonly string[],
  rules: KeyRules,
): Owned<Json> & {
  /** What the layer asks for no longer, and stays. */
  readonly staying: readonly string[];
} {
  const [old, now] = [base, theirs].map((value) => partsOf(value, rules));
  const names = (parts: readonly Part[] = []): Set<string> =>
    new Set(parts.map(({ name }) => name));
  const [before, after] = [names(old), names(now)];
  const found = (now ?? [])
    .filter(({ name }) => !before.has(name))
    .filter((part) => isThere(part, yours, rules))
    .map(({ name }) => name);
  const left = new Set(recorded.filter((name) => !after.has(name)));
  return {
    base: without(base, left, rules),
    theirs,
    own: [...recorded.filter((name) => after.has(name)), ...found],
    staying: (old ?? [])
      .filter((part) => left.has(part.name) && isThere(part, yours, rules))
      .map(({ name }) => name),
  };
}

/** Of a list of lines: what was the user's before is not merged at all. */
export function ownLines(
  base: string,
  yours: string,
  theirs: string,
  recorded: readonly string[],
  list: LineList,
): Owned<string> {
  const known = new Set(commonKeys(base, base, list));
  const found = commonKeys(yours, theirs, list).filter(
    (key) => !known.has(key),
  );
  const out = new Set([...recorded, ...found]);
  const wanted = commonKeys(theirs, theirs, list);
  return {
    base: withoutKeys(base, out, list),
    theirs: withoutKeys(theirs, out, list),
    own: wanted.filter((key) => out.has(key)),
  };
}

/** A value that a JSON file has, or an item of a list in it. */
interface Part {
  readonly name: string;
  readonly keys: readonly string[];
  readonly item: string | undefined;
}

function partsOf(
  value: Json,
  rules: KeyRules,
  keys: readonly string[] = [],
): readonly Part[] {
  if (isList(value)) {
    return value.map((item) => {
      const name = rules.name([...keys, textOf(item)]);
      return { name, keys, item: textOf(item) };
    });
  }
  if (typeof value !== "object" || value === null) {
    return [{ name: rules.name(keys), keys, item: undefined }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    partsOf(inner, rules, [...keys, key]),
  );
}

function isThere({ keys, item }: Part, text: string, rules: KeyRules): boolean {
  const value = valueAt(text, [...rules.place(keys, text)]);
  if (item === undefined) return value !== undefined;
  return Array.isArray(value) && value.map(textOf).includes(item);
}

function without(
  value: Json,
  names: ReadonlySet<string>,
  rules: KeyRules,
  keys: readonly string[] = [],
): Json {
  const isOut = (key: string): boolean => names.has(rules.name([...keys, key]));
  if (isList(value)) return value.filter((item) => !isOut(textOf(item)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isOut(key))
      .map(([key, inner]) => [
        key,
        without(inner, names, rules, [...keys, key]),
      ]),
  );
}

function textOf(item: unknown): string {
  return typeof item === "string" ? item : JSON.stringify(item);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
