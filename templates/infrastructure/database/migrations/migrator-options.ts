import { join } from "node:path";
import { type Direction, MigrationRequestError } from "./migration-errors.ts";
import type { MigrationEntry } from "./migration-state.ts";

/** Where the migrations are unless told otherwise. */
export const versionsFolder = join(import.meta.dirname, "versions");

export interface MigratorOptions {
  /** Where the migrations are; `versions` beside this file by default. */
  readonly folder?: string;
  /** The table of what was applied; `schema_migrations` by default. */
  readonly table?: string;
  /** Seconds to wait for another process that migrates; 60 by default. */
  readonly lockTimeout?: number;
  /** What to do when applied files were changed or are gone; `warn` by default. */
  readonly onDrift?: "warn" | "error" | "ignore";
  /** Called after each migration. */
  readonly onStep?: (step: MigrationProgress) => void;
}

export interface MigrationProgress {
  readonly name: string;
  readonly direction: Direction;
  readonly seconds: number;
}

export interface MigrationStatus {
  readonly migrations: readonly MigrationEntry[];
  /** Wrong files and drift, each in one sentence. */
  readonly problems: readonly string[];
}

/** Throws when a number cannot mean seconds of patience. */
export function checkLockTimeout(seconds: number): void {
  if (seconds >= 0 && seconds <= 86_400) return;
  throw new MigrationRequestError(
    `lockTimeout is in seconds, from 0 to 86400, got ${seconds}.`,
  );
}
