import {
  ConfigurationError,
  type ConfigurationProblem,
  type Report,
} from "./configuration-error.ts";
import type { ConnectionTarget } from "./connection-target.ts";
import { parseConnectionUrl } from "./connection-url.ts";
import { type Given, type GivenSettings, readGiven } from "./given.ts";
import type { Kind } from "./kind.ts";
import {
  type SettingName,
  settingNames,
  settings,
  type SettingValues,
} from "./settings.ts";
import { type ConfigSources, readSources } from "./sources.ts";

/** A configuration, read and checked. */
export interface ResolvedConfig {
  readonly values: SettingValues;
  readonly connection: ConnectionTarget;
}

/** Reads every source and the URL; throws one ConfigurationError with all that is wrong. */
export function resolveConfig(
  overrides: unknown,
  sources: ConfigSources = {},
): ResolvedConfig {
  const problems: ConfigurationProblem[] = [];
  const report: Report = (problem) => {
    problems.push(problem);
  };
  const given = readSources(overrides, sources, report);
  const parsed = parseConnectionUrl(given, report);
  const values = readValues({ ...given, ...parsed?.given }, report);
  const connection = parsed?.connect(values, report);
  if (connection === undefined || problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return { values, connection };
}

function readValues(given: GivenSettings, report: Report): SettingValues {
  const values = settingNames.map((name) => [
    name,
    readValue(name, given[name], report),
  ]);
  return Object.fromEntries(values) as SettingValues;
}

function readValue(
  name: SettingName,
  given: Given | undefined,
  report: Report,
): unknown {
  const { kind, fallback, secret } = settings[name];
  if (given === undefined) return fallback;
  const reading = readGiven(given, kind as Kind<unknown>, report, secret);
  return "hint" in reading ? fallback : reading.value;
}
