import type { MigrationFile, MigrationFolder } from "./migration-files.ts";
import { compareNames } from "./migration-files.ts";
import type { MigrationRecord } from "./migration-records.ts";

/** `changed`: applied, and its file differs since; `missing`: applied, and its file is gone. */
export type MigrationState = "applied" | "pending" | "changed" | "missing";

export interface MigrationEntry {
  readonly name: string;
  readonly state: MigrationState;
  /** When it was applied; undefined while it is pending. */
  readonly executedAt: Date | undefined;
}

/** Files and records side by side, in the order of running. */
export function compareState(
  { files }: MigrationFolder,
  records: readonly MigrationRecord[],
): MigrationEntry[] {
  const recorded = new Map(records.map((record) => [record.name, record]));
  const present = new Set(files.map(({ name }) => name));
  const gone = records.filter(({ name }) => !present.has(name));
  return [
    ...files.map((file) => entryOf(file, recorded.get(file.name))),
    ...gone.map(({ name, executedAt }) => {
      return { name, state: "missing", executedAt } as const;
    }),
  ].sort((a, b) => compareNames(a.name, b.name));
}

/** What no longer agrees with the database, each in one sentence. */
export function describeDrift(entries: readonly MigrationEntry[]): string[] {
  return entries.flatMap(({ name, state }) => {
    if (state === "changed") {
      return `${name} was changed after it had been applied: the database still has what it did before. Put the file back and write a new migration.`;
    }
    return state === "missing"
      ? `${name} was applied, and its file is missing: restore the file, or it cannot be rolled back.`
      : [];
  });
}

function entryOf(
  file: MigrationFile,
  record: MigrationRecord | undefined,
): MigrationEntry {
  const { name } = file;
  if (record === undefined) {
    return { name, state: "pending", executedAt: undefined };
  }
  // A compiler changes the text, so `.ts` and `.js` cannot be compared.
  const same =
    record.extension !== file.extension || record.checksum === file.checksum;
  const { executedAt } = record;
  return { name, state: same ? "applied" : "changed", executedAt };
}
