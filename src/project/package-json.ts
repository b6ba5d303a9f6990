import type { Requirements } from "../requirements.ts";
import type { AllowForm } from "../requirements/allow-forms.ts";
import { appendItem, setValue, sortedPlace, valueAt } from "./json-text.ts";

/** An edited package.json and what is to be told about it. */
export interface PackageEdit {
  readonly text: string;
  /** Names of packages and scripts that were added. */
  readonly packages: readonly string[];
  readonly scripts: readonly string[];
  /** By `partName`, what the layer asks for and the user had before. */
  readonly own: readonly string[];
  /** What was left as the user has it although the layer wants something else. */
  readonly notes: readonly string[];
}

/** The tables of package.json that name packages. */
export const packageTables = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
] as const;

/** What one value is about, wherever it stands: a package by its name in any table, anything else by its keys. */
export function partName(keys: readonly string[]): string {
  const [table, ...rest] = keys;
  const names: readonly string[] = packageTables;
  return (names.includes(table ?? "") ? rest : keys).join(" ");
}

interface Draft {
  text: string;
  readonly packages: string[];
  readonly scripts: string[];
  readonly own: string[];
  readonly notes: string[];
}

/** Adds packages and scripts to the text of a package.json; nothing that is there is changed. */
export function editPackageJson(
  text: string,
  wanted: Requirements,
): PackageEdit {
  const own = ownPermissions(text, wanted.allowForms);
  const draft: Draft = { text, packages: [], scripts: [], own, notes: [] };
  addScripts(draft, wanted);
  addPackages(draft, "dependencies", wanted.dependencies);
  addPackages(draft, "devDependencies", wanted.devDependencies);
  return draft;
}

/** Adds the permission for install scripts to the text of a package.json. */
export function allowInPackageJson(
  text: string,
  forms: readonly AllowForm[],
): string {
  return forms
    .filter(({ file }) => file === "package.json")
    .reduce(allowOne, text);
}

function addScripts(draft: Draft, { scripts }: Requirements): void {
  for (const { name, command, otherwise } of scripts) {
    const own = partName(["scripts", name]);
    const present = valueAt(draft.text, ["scripts", name]);
    if (present === undefined) {
      addScript(draft, name, command);
      continue;
    }
    if (present === command) {
      draft.own.push(own);
      continue;
    }
    const free =
      otherwise !== undefined &&
      [undefined, command].includes(
        valueAt(draft.text, ["scripts", otherwise]) as string | undefined,
      );
    if (!free) {
      draft.own.push(own);
      draft.notes.push(
        `Your script "${name}" stays; the layer's is: ${command}`,
      );
      continue;
    }
    draft.notes.push(
      `Your script "${name}" stays; the layer's is "${otherwise}".`,
    );
    if (valueAt(draft.text, ["scripts", otherwise]) === command) {
      draft.own.push(own);
    } else addScript(draft, otherwise, command);
  }
}

function addScript(draft: Draft, name: string, command: string): void {
  draft.text = inTable(draft.text, "scripts", name, command);
  draft.scripts.push(name);
}

function addPackages(
  draft: Draft,
  table: "dependencies" | "devDependencies",
  packages: Readonly<Record<string, string>>,
): void {
  for (const [name, range] of Object.entries(packages)) {
    const holder = packageTables.find(
      (candidate) => typeof valueAt(draft.text, [candidate, name]) === "string",
    );
    if (holder === undefined) {
      draft.text = inTable(draft.text, table, name, range);
      draft.packages.push(name);
      continue;
    }
    draft.own.push(name);
    const present = String(valueAt(draft.text, [holder, name]));
    const lax = name === "typescript" || name.startsWith("@types/");
    if (!lax && majorOf(present) !== majorOf(range)) {
      draft.notes.push(
        `Your ${name} ${present} stays; the layer is written for ${range}.`,
      );
    }
    if (table === "dependencies" && holder === "devDependencies") {
      draft.notes.push(
        `${name} is in devDependencies; the layer needs it in production too.`,
      );
    }
  }
}

/** The first number of a range; undefined for `*`, `workspace:*`, `catalog:` and addresses, which may be anything. */
function majorOf(range: string): string | undefined {
  return /^[~^>=v\s]*(\d+)/.exec(range)?.[1];
}

/** A new table goes beside the ones it belongs with, so that the end of the file stays as it is. */
function inTable(
  text: string,
  table: string,
  name: string,
  value: string,
): string {
  return valueAt(text, [table]) === undefined
    ? setValue(text, [table], { [name]: value }, beside(table))
    : setValue(text, [table, name], value, sortedPlace(name));
}

function beside(table: string): (keys: string[]) => number {
  return (keys) => {
    const order = ["scripts", ...packageTables];
    const after = order.slice(0, order.indexOf(table));
    const last = Math.max(-1, ...after.map((key) => keys.indexOf(key)));
    if (last !== -1) return last + 1;
    const next = order.map((key) => keys.indexOf(key)).filter((i) => i !== -1);
    return next.length > 0 ? Math.min(...next) : keys.length;
  };
}

/** The permissions that are there already, or refused. */
function ownPermissions(text: string, forms: readonly AllowForm[]): string[] {
  return forms
    .filter(({ file }) => file === "package.json")
    .flatMap(({ keys, value }) => {
      const present = valueAt(text, [...keys]);
      if (value === true) return present === undefined ? [] : [partName(keys)];
      const list: readonly unknown[] = Array.isArray(present) ? present : [];
      return value
        .filter((item) => list.includes(item))
        .map((item) => partName([...keys, item]));
    });
}

function allowOne(text: string, { keys, value }: AllowForm): string {
  if (value === true) {
    return valueAt(text, [...keys]) === undefined
      ? setValue(text, [...keys], true, sortedPlace(keys.at(-1) ?? ""))
      : text;
  }
  const present = valueAt(text, [...keys]);
  const list: readonly unknown[] = Array.isArray(present) ? present : [];
  return value
    .filter((item) => !list.includes(item))
    .reduce((result, item) => appendItem(result, [...keys], item), text);
}
