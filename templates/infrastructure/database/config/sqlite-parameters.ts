import type { Report } from "./configuration-error.ts";
import { type Given, readGiven } from "./given.ts";
import type { Kind } from "./kind.ts";
import { integer } from "./number-kinds.ts";
import { boolean, choice } from "./text-kinds.ts";
import {
  reportUnknownParameter,
  type UrlParameters,
} from "./url-parameters.ts";

const largest = Number.MAX_SAFE_INTEGER;

/** PRAGMAs that a URL may set. Their values are spliced into SQL: none may come unchecked. */
const pragmas: ReadonlyMap<string, Kind<string | number | boolean>> = new Map<
  string,
  Kind<string | number | boolean>
>([
  ["busy_timeout", integer(0, 3_600_000)],
  ["cache_size", integer(-largest, largest)],
  ["foreign_keys", boolean],
  [
    "journal_mode",
    choice(["WAL", "DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF"]),
  ],
  ["journal_size_limit", integer(-1, largest)],
  ["mmap_size", integer(0, largest)],
  ["synchronous", choice(["OFF", "NORMAL", "FULL", "EXTRA"])],
  ["temp_store", choice(["DEFAULT", "FILE", "MEMORY"])],
  ["wal_autocheckpoint", integer(0, 1_000_000)],
]);

const modes = choice(["rwc", "rw", "ro", "memory"], { readonly: "write ro" });

const known: readonly string[] = ["mode", ...pragmas.keys()];

/** Parameters that other software knows, and what to do instead. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["cache", "leave it out: only a :memory: database has cache=shared"],
  ["check_same_thread", "leave it out: it means nothing here"],
  ["isolation_level", "leave it out: write transactions are IMMEDIATE"],
  ["timeout", "write busy_timeout, in milliseconds"],
  ["uri", "leave it out: mode works without it"],
]);

/** What the parameters of a SQLite URL ask for. */
export interface SqliteOptions {
  readonly mode: "rwc" | "rw" | "ro" | "memory";
  /** By name, fit for splicing into SQL. */
  readonly pragmas: Readonly<Record<string, string>>;
}

/** Reads the parameters of a SQLite URL; unknown ones are a problem. */
export function readSqliteParameters(
  parameters: UrlParameters,
  inMemory: boolean,
  report: Report,
): SqliteOptions {
  const chosen: Record<string, string> = {};
  let mode: SqliteOptions["mode"] = inMemory ? "memory" : "rwc";
  for (const [key, given] of parameters) {
    const kind = pragmas.get(key);
    if (key === "mode") {
      mode = readMode(given, inMemory, report) ?? mode;
    } else if (kind !== undefined) {
      const { value } = readGiven(given, kind, report);
      if (value !== undefined) chosen[key] = toSql(value);
    } else if (key !== "cache" || !inMemory || given.raw !== "shared") {
      reportUnknownParameter(key, given, { known, elsewhere }, report);
    }
  }
  return { mode, pragmas: Object.freeze(chosen) };
}

function readMode(
  given: Given,
  inMemory: boolean,
  report: Report,
): SqliteOptions["mode"] | undefined {
  const { value } = readGiven(given, modes, report);
  if (value === undefined || !inMemory || value === "memory") return value;
  report({
    name: given.name,
    expected: "a file, or no mode for :memory:",
    received: value,
  });
  return undefined;
}

function toSql(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "ON" : "OFF") : String(value);
}
