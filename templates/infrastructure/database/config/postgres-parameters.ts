import type { Report } from "./configuration-error.ts";
import type { PostgresParameters } from "./connection-target.ts";
import { type Given, type GivenSettings, readGiven } from "./given.ts";
import type { Kind } from "./kind.ts";
import { integer } from "./number-kinds.ts";
import type { SettingName } from "./settings.ts";
import { text } from "./text-kinds.ts";
import {
  reportUnknownParameter,
  type UrlParameters,
} from "./url-parameters.ts";

/** Parameters that mean the same as a setting of ours. */
const bound: ReadonlyMap<string, SettingName> = new Map([
  ["application_name", "applicationName"],
  ["connect_timeout", "connectTimeout"],
  ["sslmode", "sslMode"],
  ["sslrootcert", "sslCa"],
  ["sslcert", "sslCert"],
  ["sslkey", "sslKey"],
]);

const milliseconds = integer(0, 86_400_000);

/** Parameters that the driver hands to the server. */
const startup: ReadonlyMap<string, Kind<string | number>> = new Map<
  string,
  Kind<string | number>
>([
  ["options", text("command-line options such as -c search_path=app")],
  ["lock_timeout", milliseconds],
  ["idle_in_transaction_session_timeout", milliseconds],
]);

/** Parameters that say where the server is. */
const places: readonly string[] = ["host", "port"];

const known: readonly string[] = [
  ...bound.keys(),
  ...startup.keys(),
  ...places,
];

/** Parameters that other software knows, and what to do instead. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["ssl", "write sslmode=require or sslmode=verify-full"],
  [
    "channel_binding",
    "the driver cannot promise it: leave it out and write sslmode=verify-full",
  ],
  ["pgbouncer", "set DB_POOLER=transaction"],
  ["schema", "write options=-c%20search_path%3Dapp"],
  ["search_path", "write options=-c%20search_path%3Dapp"],
  ["statement_timeout", "set DB_COMMAND_TIMEOUT, in seconds"],
  ["command_timeout", "set DB_COMMAND_TIMEOUT, in seconds"],
  ["connection_limit", "set DB_POOL_SIZE"],
  ["pool_size", "set DB_POOL_SIZE"],
  ["pool_timeout", "set DB_POOL_TIMEOUT, in seconds"],
  ["user", "write it before the host: postgresql://user@host/database"],
  [
    "password",
    "write it before the host: postgresql://user:password@host/database",
  ],
  ["dbname", "write it as the path: postgresql://host/database"],
  ["database", "write it as the path: postgresql://host/database"],
]);

/** What the parameters of a PostgreSQL URL ask for. */
export interface PostgresOptions {
  readonly given: GivenSettings;
  readonly parameters: PostgresParameters;
}

/** Sorts the parameters of a PostgreSQL URL; unknown ones are a problem. */
export function readPostgresParameters(
  found: UrlParameters,
  report: Report,
): PostgresOptions {
  const given: Partial<Record<SettingName, Given>> = {};
  const parameters: Record<string, string | number> = {};
  for (const [key, value] of found) {
    const setting = bound.get(key);
    const kind = startup.get(key);
    if (setting !== undefined) {
      given[setting] = value;
    } else if (kind !== undefined) {
      const reading = readGiven(value, kind, report);
      if (reading.value !== undefined) parameters[key] = reading.value;
    } else if (!places.includes(key)) {
      reportUnknownParameter(key, value, { known, elsewhere }, report);
    }
  }
  return { given, parameters: Object.freeze(parameters) };
}
