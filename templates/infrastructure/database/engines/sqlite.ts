import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { ConnectionError, type Options, Transaction } from "sequelize";
import { type SqliteTarget, targetFor } from "../config/connection-target.ts";
import type { DatabaseConfig } from "../config/database-config.ts";
import type {
  DatabaseConnection,
  DatabaseEngine,
  Lane,
  OpenRequest,
  PoolKwargs,
} from "./database-engine.ts";
// {{#if migrations}}
import type {
  MigrationLock,
  MigrationLockRequest,
  TableRebuild,
} from "./migration-lock.ts";
// {{/if}}
import { PatientDatabase } from "./patient-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { blockingWaitMs, driverName, openDatabase } from "./sqlite-driver.ts";
// {{#if migrations}}
import {
  tableRebuild,
  withSqliteMigrationLock,
} from "./sqlite-migration-lock.ts";
// {{/if}}
// {{#if sessions}}
import { sqliteSessionSupport } from "./sqlite-session-support.ts";
// {{/if}}

/** SQLite: one connection that writes and several that read, so that writers queue instead of failing. */
export class SQLiteEngine implements DatabaseEngine {
  readonly databaseType = "sqlite";
  readonly driver = driverName;
  readonly supportsPool = false;
  readonly jsonColumnType = "JSON";
  readonly lanes: DatabaseEngine["lanes"];
  readonly timeoutHint =
    "SQLite has one writer: a write without the `transaction` option waits for the transaction around it and so for itself. Pass the transaction on, and keep transactions short.";
  readonly readOnlyStatement = "PRAGMA query_only = ON";
  readonly #config: DatabaseConfig;
  readonly #target: SqliteTarget;
  readonly #inMemory: boolean;
  #memory: Promise<PatientDatabase> | undefined;

  constructor(config: DatabaseConfig) {
    this.#config = config;
    this.#target = targetFor(config.connection, "sqlite");
    this.#inMemory = this.#target.file === ":memory:";
    const writer = { size: 1, maxOverflow: 0 };
    const readers = { size: config.poolSize, maxOverflow: 0 };
    this.lanes = this.#inMemory
      ? { write: writer }
      : { write: writer, read: readers };
  }

  /** The PRAGMAs of every connection; `busy_timeout` in milliseconds. */
  getConnectArgs(): Readonly<Record<string, string>> {
    // A file that is only read keeps the journal that its writer has chosen.
    const chooses = !this.#inMemory && this.#target.mode !== "ro";
    return {
      busy_timeout: String(this.#config.connectTimeout * 1000),
      ...(chooses && { journal_mode: "WAL" }),
      synchronous: "NORMAL",
      foreign_keys: "ON",
      ...this.#target.pragmas,
    };
  }

  /** A file needs no ping and does not age. */
  getPoolKwargs(): PoolKwargs {
    const { poolSize, poolTimeout } = this.#config;
    return {
      poolSize,
      maxOverflow: 0,
      poolTimeout,
      poolRecycle: -1,
      poolPrePing: false,
    };
  }

  getEngineKwargs(): Options {
    return {
      dialect: "sqlite",
      // Connections are opened here and not by Sequelize.
      dialectModule: {},
      storage: this.#target.file,
      // Taking the write lock at once, a transaction cannot fail halfway for want of it.
      transactionType: Transaction.TYPES.IMMEDIATE,
    };
  }

  async open({ lane }: OpenRequest): Promise<DatabaseConnection> {
    if (!this.#inMemory)
      return new SqliteConnection(await this.#connect(lane), { keep: false });
    this.#memory ??= this.#connect(lane);
    return new SqliteConnection(await this.#memory, { keep: true });
  }

  /** Nothing does: who waits for a lock is served by PatientDatabase. */
  heals(): boolean {
    return false;
  }

  async dispose(): Promise<void> {
    await (await this.#memory)?.close();
    this.#memory = undefined;
  }

  // {{#if sessions}}

  readonly sessionSupport = sqliteSessionSupport;
  // {{/if}}
  // {{#if resilience}}

  /** A COMMIT that fails has stored nothing: there is no network on which its answer could be lost. */
  readonly commitResolution = undefined;
  // {{/if}}
  // {{#if migrations}}

  withMigrationLock<T>(
    request: MigrationLockRequest,
    work: (lock: MigrationLock) => Promise<T>,
  ): Promise<T> {
    return withSqliteMigrationLock(this.#target.file, request, work);
  }

  get tableRebuild(): TableRebuild {
    return tableRebuild(this.getConnectArgs()["foreign_keys"]);
  }
  // {{/if}}

  async #connect(lane: Lane): Promise<PatientDatabase> {
    const { busy_timeout: busyTimeout, ...pragmas } = this.getConnectArgs();
    const { file, mode } = this.#target;
    const opened = await openDatabase(file, mode).catch((error: unknown) => {
      throw openFailure(file, error);
    });
    const database = new PatientDatabase(opened, {
      busyTimeoutMs: Number(busyTimeout),
      readOnly: lane === "read",
    });
    const statements = Object.entries({
      busy_timeout: String(blockingWaitMs),
      ...pragmas,
    }).map(([name, value]) => `PRAGMA ${name} = ${value};`);
    try {
      await database.exec(statements.join(" "));
    } catch (error) {
      await database.close();
      throw openFailure(file, error);
    }
    return database;
  }
}

function openFailure(file: string, cause: unknown): ConnectionError {
  const folder = dirname(file);
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy =
    file === ":memory:" || existsSync(folder)
      ? "Check that the process may read and write the file and its folder, and that it is a SQLite database."
      : `The folder ${folder} does not exist: create it, or correct DB_URL.`;
  const code =
    cause instanceof Error && "code" in cause ? { code: cause.code } : {};
  return new ConnectionError(
    Object.assign(
      new Error(
        `SQLite cannot open the database ${file} (${reason}). ${remedy}`,
        { cause },
      ),
      code,
    ),
  );
}
