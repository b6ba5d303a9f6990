import { valueAt } from "../project/json-text.ts";
import { packageTables, partName } from "../project/package-json.ts";
import type { Decision, KeyRules } from "./plan-keys.ts";
import { startsNewer } from "./plan-versions.ts";

const tables: readonly string[] = packageTables;

/**
 * What package.json means: a package may stand in another table and a script under another name, a version that the
 * user raised is not lowered, and a script that the user changed stays.
 */
export function packageRules(
  base: unknown,
  otherNames: ReadonlyMap<string, string>,
): KeyRules {
  return {
    name: partName,
    place: ([table = "", name = "", ...rest], text) => {
      if (tables.includes(table)) {
        const holder = tables.find(
          (candidate) => valueAt(text, [candidate, name]) !== undefined,
        );
        return [holder ?? table, name];
      }
      const other = table === "scripts" ? otherNames.get(name) : undefined;
      const ours = other !== undefined && isOurs(text, base, name, other);
      return [table, ours ? other : name, ...rest].filter((key) => key !== "");
    },
    decide: ([table = "", name = ""], { base: old, yours, theirs }) =>
      tables.includes(table)
        ? decidePackage(name, old, yours, theirs)
        : decideOther(`${table} ${name}`, yours, theirs),
  };
}

/** Whether the layer's script was put under its second name because the user had one of the first. */
function isOurs(
  text: string,
  base: unknown,
  name: string,
  other: string,
): boolean {
  const recorded = valueAt(JSON.stringify(base), ["scripts", name]);
  return (
    valueAt(text, ["scripts", name]) !== recorded &&
    valueAt(text, ["scripts", other]) !== undefined
  );
}

function decidePackage(
  name: string,
  base: unknown,
  yours: unknown,
  theirs: unknown,
): Decision {
  if (yours === undefined) {
    return base === undefined
      ? { take: "theirs" }
      : {
          take: "yours",
          note: `You took ${name} out; the layer now asks for ${String(theirs)}.`,
        };
  }
  if (theirs === undefined) {
    return {
      take: "yours",
      note: `${name} stays in package.json: you changed its version, and the layer no longer needs it.`,
    };
  }
  if (typeof yours !== "string" || typeof theirs !== "string")
    return { take: "yours" };
  const raised = typeof base !== "string" || startsNewer(yours, base) === true;
  if (startsNewer(theirs, yours) === true && raised && base !== undefined) {
    return { take: "theirs" };
  }
  return startsNewer(yours, theirs) === true || yours === theirs
    ? { take: "yours" }
    : {
        take: "yours",
        note: `Your ${name} ${yours} stays; the layer is written for ${theirs}.`,
      };
}

function decideOther(what: string, yours: unknown, theirs: unknown): Decision {
  if (yours === undefined) {
    return {
      take: "yours",
      note: `You took ${what} out; the layer's is now: ${show(theirs)}`,
    };
  }
  return theirs === undefined
    ? {
        take: "yours",
        note: `${capital(what)} stays: you changed it, and the layer no longer needs it.`,
      }
    : {
        take: "yours",
        note: `Your ${what} stays; the layer's is now: ${show(theirs)}`,
      };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Rules for any other JSON file, such as tsconfig.json: the user's value stays. */
export const plainRules: KeyRules = {
  name: (keys) => keys.join(" "),
  place: (keys) => keys,
  decide: (keys, { yours, theirs }) =>
    decideOther(keys.join("."), yours, theirs),
};

/** The packages that one package.json asks for and another does not, or in another version. */
export function newPackages(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((text) =>
    tables.flatMap((table) =>
      Object.entries(
        (valueAt(text, [table]) ?? {}) as Record<string, unknown>,
      ).map(([name, range]) => `${name}@${String(range)}`),
    ),
  );
  return (now ?? [])
    .filter((item) => !(old ?? []).includes(item))
    .map((item) => item.replace(/(.)@.*$/, "$1"));
}
