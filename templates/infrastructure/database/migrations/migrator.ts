import { join } from "node:path";
import type { MigrationLock } from "../engines/migration-lock.ts";
import { MigrationError, Umzug } from "umzug";
import type { Engine } from "../engine.ts";
import { migrationExtension } from "./load-module.ts";
import {
  type Direction,
  InvalidMigrationsError,
  MigrationDriftError,
  MigrationRequestError,
} from "./migration-errors.ts";
import { readMigrationFolder } from "./migration-files.ts";
import { loadMigrations } from "./migration-module.ts";
import { MigrationRecords } from "./migration-records.ts";
import { runMigration } from "./migration-run.ts";
import {
  compareState,
  describeDrift,
  type MigrationEntry,
} from "./migration-state.ts";
import { createMigration } from "./new-migration.ts";
import { selectDown, selectUp } from "./migration-selection.ts";

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
