import type { Engine } from "../engine.ts";
import type { MigrationLock } from "../engines/migration-lock.ts";
import { migrationExtension } from "./load-module.ts";
import {
  type Direction,
  InvalidMigrationsError,
  MigrationDriftError,
} from "./migration-errors.ts";
import {
  type MigrationFolder,
  readMigrationFolder,
} from "./migration-files.ts";
import { type LoadedMigration, loadMigrations } from "./migration-module.ts";
import { MigrationRecords } from "./migration-records.ts";
import { runMigration } from "./migration-run.ts";
import {
  type DownOptions,
  selectDown,
  selectUp,
  type UpOptions,
} from "./migration-selection.ts";
import {
  compareState,
  describeDrift,
  type MigrationEntry,
} from "./migration-state.ts";
import {
  checkLockTimeout,
  type MigrationProgress,
  type MigrationStatus,
  type MigratorOptions,
  versionsFolder,
} from "./migrator-options.ts";
import { createMigration } from "./new-migration.ts";
import { runInOrder } from "./umzug-run.ts";

/** Brings the schema of a database up to date, and back. */
export class Migrator {
  readonly #engine: Engine;
  readonly #records: MigrationRecords;
  readonly #options: Required<Omit<MigratorOptions, "onStep">>;
  readonly #onStep: (step: MigrationProgress) => void;

  constructor(engine: Engine, options: MigratorOptions = {}) {
    const { onStep, ...given } = options;
    this.#engine = engine;
    this.#options = {
      folder: versionsFolder,
      table: "schema_migrations",
      lockTimeout: 60,
      onDrift: "warn",
      ...given,
    };
    this.#onStep = onStep ?? (() => undefined);
    this.#records = new MigrationRecords(engine.sequelize, this.#options.table);
    checkLockTimeout(this.#options.lockTimeout);
  }

  /** Applies what is pending and returns the names; other processes wait, and then find nothing to do. */
  up(options: UpOptions = {}): Promise<readonly string[]> {
    return this.#exclusively("up", (entries) => selectUp(entries, options));
  }

  /** Undoes the newest migration, or more, and returns the names. */
  down(options: DownOptions = {}): Promise<readonly string[]> {
    return this.#exclusively("down", (entries) => selectDown(entries, options));
  }

  /** What is applied and what is not, without changing anything. */
  async status(): Promise<MigrationStatus> {
    const folder = await this.#readFolder();
    const migrations = compareState(folder, await this.#records.all());
    const { problems } = await loadMigrations(folder.files);
    return {
      migrations,
      problems: [...folder.problems, ...problems, ...describeDrift(migrations)],
    };
  }

  /** Writes a new migration to be filled in and returns its path; needs no database. */
  create(name: string): Promise<string> {
    return createMigration(this.#options.folder, name);
  }

  #readFolder(): Promise<MigrationFolder> {
    return readMigrationFolder(this.#options.folder, migrationExtension);
  }

  async #exclusively(
    direction: Direction,
    select: (entries: readonly MigrationEntry[]) => string[],
  ): Promise<readonly string[]> {
    const { strategy } = this.#engine;
    const { table, lockTimeout } = this.#options;
    // The pool waits for a server that is still starting; the lock's own connection does not.
    await this.#engine.connect((connection) => connection.query("SELECT 1"));
    const request = { name: table, timeoutMs: lockTimeout * 1000 };
    return strategy.withMigrationLock(request, async (lock) => {
      await this.#records.create();
      const folder = await this.#readFolder();
      if (folder.problems.length > 0) {
        throw new InvalidMigrationsError(folder.problems);
      }
      const entries = compareState(folder, await this.#records.all());
      this.#reportDrift(entries);
      const names = new Set(select(entries));
      const files = folder.files.filter(({ name }) => names.has(name));
      const { loaded, problems } = await loadMigrations(files);
      if (problems.length > 0) throw new InvalidMigrationsError(problems);
      return this.#run(direction, loaded, lock);
    });
  }

  #reportDrift(entries: readonly MigrationEntry[]): void {
    const drift = describeDrift(entries);
    if (drift.length === 0) return;
    const { onDrift } = this.#options;
    if (onDrift === "error") throw new MigrationDriftError(drift);
    if (onDrift === "ignore") return;
    for (const sentence of drift) this.#engine.logger.warn(sentence);
  }

  async #run(
    direction: Direction,
    files: readonly LoadedMigration[],
    lock: MigrationLock,
  ): Promise<readonly string[]> {
    const done: string[] = [];
    const step = (file: LoadedMigration) => async (): Promise<void> => {
      lock.assertHeld();
      const started = performance.now();
      const ran = await runMigration(
        this.#engine,
        this.#records,
        file,
        direction,
      );
      if (!ran) return;
      done.push(file.name);
      const seconds = (performance.now() - started) / 1000;
      this.#onStep({ name: file.name, direction, seconds });
    };
    await runInOrder(direction, files, step);
    return done;
  }
}

/** The migrations of one database: `up`, `down`, `status` and `create`. */
export function createMigrator(
  engine: Engine,
  options?: MigratorOptions,
): Migrator {
  return new Migrator(engine, options);
}
