import { defaults } from "../defaults.ts";
import type { Report } from "./configuration-error.ts";
import { readEnvFile } from "./env-file.ts";
import { type Given, type GivenSettings, inFile } from "./given.ts";
import { showValue } from "./mask.ts";
import { nearestName } from "./nearest-name.ts";
import { type SettingName, settingNames, settings } from "./settings.ts";

/** Where a configuration comes from besides code. */
export interface ConfigSources {
  /** The environment; `process.env` by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The dotenv file, which must exist when named; false for none; by default `.env` if there is one. */
  readonly envFile?: string | false;
}

type Variables = Readonly<Record<string, string | undefined>>;

const byVariable: ReadonlyMap<string, SettingName> = new Map(
  settingNames.map((name) => [settings[name].env, name]),
);

/** The raw values of all sources: overrides before environment before dotenv file before defaults. */
export function readSources(
  overrides: unknown,
  { env = process.env, envFile }: ConfigSources,
  report: Report,
): GivenSettings {
  const file = envFile === false ? {} : readEnvFile(envFile, report);
  return {
    ...fromObject(defaults, report, "defaults.ts"),
    ...fromVariables(
      file,
      report,
      envFile === false ? undefined : (envFile ?? ".env"),
    ),
    ...fromVariables(env, report),
    ...fromObject(overrides, report),
  };
}

function fromObject(
  source: unknown,
  report: Report,
  file?: string,
): GivenSettings {
  if (!isPlainObject(source)) {
    report({
      name: "overrides",
      expected: 'a plain object such as { url: "…" }',
      received: showValue(source),
    });
    return {};
  }
  const given: Partial<Record<SettingName, Given>> = {};
  for (const [name, raw] of Object.entries(source)) {
    if (!isSettingName(name)) reportProperty(name, report, file);
    else if (raw !== undefined) given[name] = place(name, raw, file);
  }
  return given;
}

/** Variables count whatever their case, the upper-case one first; empty ones count as unset. */
function fromVariables(
  variables: Variables,
  report: Report,
  file?: string,
): GivenSettings {
  const given: Partial<Record<SettingName, Given>> = {};
  const strangers: string[] = [];
  for (const [name, raw] of Object.entries(variables).sort(upperCaseLast)) {
    if (!/^db_/i.test(name) || raw === undefined || isBlank(raw)) continue;
    const setting = byVariable.get(name.toUpperCase());
    if (setting === undefined) strangers.push(name);
    else given[setting] = place(name, raw, file);
  }
  for (const name of strangers) reportVariable(name, given, report);
  return given;
}

function place(name: string, raw: unknown, file: string | undefined): Given {
  return file === undefined ? { name, raw } : { name, raw, file };
}

function isBlank(raw: unknown): boolean {
  return typeof raw === "string" && raw.trim() === "";
}

function upperCaseLast([a]: [string, unknown], [b]: [string, unknown]): number {
  return Number(a === a.toUpperCase()) - Number(b === b.toUpperCase());
}

function isPlainObject(source: unknown): source is object {
  if (typeof source !== "object" || source === null) return false;
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

function reportProperty(
  name: string,
  report: Report,
  file: string | undefined,
): void {
  const near = nearestName(name, settingNames);
  report({
    name: showName(name),
    expected: "a known setting",
    received: inFile("an unknown one", file),
    hint:
      near === undefined
        ? `the settings are ${settingNames.join(", ")}`
        : `did you mean ${near}?`,
  });
}

/**
 * Other software has DB_ variables too (DB_HOST, DB_PASSWORD): only one that looks like a slip for
 * a variable that is missing is a problem; one that ends in a digit names another database.
 */
function reportVariable(
  name: string,
  given: GivenSettings,
  report: Report,
): void {
  const near = nearestName(name, [...byVariable.keys()]);
  const setting = near === undefined ? undefined : byVariable.get(near);
  if (near === undefined || setting === undefined || /\d$/.test(name)) return;
  if (given[setting] !== undefined) return;
  report({
    name: showName(name),
    expected: "a known DB_ variable",
    received: "an unknown one",
    hint: `did you mean ${near}?`,
  });
}

function showName(name: string): string {
  return /^[\w.-]{1,60}$/.test(name) ? name : showValue(name);
}
