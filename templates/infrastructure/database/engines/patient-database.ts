import type {
  SqliteCallback,
  SqliteDatabase,
  SqliteMethod,
} from "./sqlite-database.ts";

/** How a database waits for the locks of others. */
export interface Patience {
  /** How long in all; then the statement fails with SQLITE_BUSY. */
  readonly busyTimeoutMs: number;
  /** A reader never asks for the write lock: its transactions begin DEFERRED. */
  readonly readOnly: boolean;
}

const pausesMs = [1, 2, 5, 10, 15, 20, 25];

const transactionWord =
  /^\s*(BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)|BEGIN|COMMIT|END|ROLLBACK(?!.*\bTO\b))\b/i;

/**
 * A SQLite database that waits for locks without blocking a thread, and knows whether a transaction is open.
 * It is what Sequelize works with, so it has the methods of the sqlite3 package.
 */
export class PatientDatabase {
  readonly #database: SqliteDatabase;
  readonly #readOnly: boolean;
  #busyTimeoutMs: number;
  #queryOnly = false;
  #transaction: "none" | "deferred" | "immediate" = "none";

  constructor(database: SqliteDatabase, patience: Patience) {
    this.#database = database;
    this.#readOnly = patience.readOnly;
    this.#busyTimeoutMs = patience.busyTimeoutMs;
  }

  get inTransaction(): boolean {
    return this.#transaction !== "none";
  }

  /** Sequelize wraps its statements in this; they are in order anyway. */
  serialize(work?: () => void): void {
    work?.();
  }

  all(
    sql: string,
    ...rest: [unknown, SqliteCallback] | [SqliteCallback]
  ): this {
    return this.#run("all", sql, rest);
  }

  run(
    sql: string,
    ...rest: [unknown, SqliteCallback] | [SqliteCallback]
  ): this {
    return this.#run("run", sql, rest);
  }

  exec(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting();
      const attempt = (): void => {
        this.#database.exec(sql, (error) => {
          if (error === null) resolve();
          else if (!isBusy(error) || !waiting(attempt)) reject(error);
        });
      };
      attempt();
    });
  }

  interrupt(): void {
    this.#database.interrupt();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#database.close(() => {
        resolve();
      });
    });
  }

  #run(
    method: SqliteMethod,
    sql: string,
    rest: [unknown, SqliteCallback] | [SqliteCallback],
  ): this {
    const [parameters, callback] = rest.length === 1 ? [[], rest[0]] : rest;
    const text = this.#adapted(sql);
    const waiting = this.#waiting();
    const settle = (error: Error | null): boolean =>
      error !== null && isBusy(error) && this.#mayWait(text)
        ? waiting(attempt)
        : this.#follow(text, error);
    const attempt = (): void => {
      this.#database[method](text, parameters, function (error, rows) {
        if (!settle(error)) callback.call(this, error, rows);
      });
    };
    attempt();
    return this;
  }

  /** Starts the statement again after a pause; false when the time is over. */
  #waiting(): (again: () => void) => boolean {
    let deadline: number | undefined;
    let turn = 0;
    return (again) => {
      deadline ??= performance.now() + this.#busyTimeoutMs;
      if (performance.now() >= deadline) return false;
      const pauseMs = pausesMs[Math.min(turn++, pausesMs.length - 1)] ?? 25;
      // Chance keeps several processes from knocking at the same moments.
      setTimeout(again, pauseMs * (0.5 + Math.random()));
      return true;
    };
  }

  /** Waiting for an upgrade from read to write is useless: SQLite has found that nobody would yield. */
  #mayWait(sql: string): boolean {
    return this.#transaction !== "deferred" || /^\s*(COMMIT|END)\b/i.test(sql);
  }

  #adapted(sql: string): string {
    if (this.#readOnly && sql.startsWith("BEGIN IMMEDIATE"))
      return sql.replace("IMMEDIATE", "DEFERRED");
    const pragma = /^\s*PRAGMA\s+busy_timeout(?:\s*=\s*(\d+))?\s*;?\s*$/i.exec(
      sql,
    );
    if (pragma === null) return sql;
    // SQLite's own timeout is kept short; this class waits the rest.
    if (pragma[1] !== undefined) this.#busyTimeoutMs = Number(pragma[1]);
    return `SELECT ${this.#busyTimeoutMs} AS timeout`;
  }

  /** Notes where a transaction begins and ends; always false, as there is nothing to wait for. */
  #follow(sql: string, error: Error | null): false {
    if (error !== null) return false;
    if (/^PRAGMA query_only = ON/i.test(sql)) this.#queryOnly = true;
    const word = transactionWord.exec(sql)?.[1];
    if (word === undefined) return false;
    if (/^BEGIN/i.test(word))
      this.#transaction = /\s/.test(word) ? "immediate" : "deferred";
    else this.#ended();
    return false;
  }

  #ended(): void {
    this.#transaction = "none";
    if (!this.#queryOnly) return;
    this.#queryOnly = false;
    this.#database.run("PRAGMA query_only = OFF", [], () => undefined);
  }
}

/** Whether another connection holds the lock that a statement needs. */
export function isBusy(error: Error): boolean {
  return (
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("SQLITE_BUSY") &&
    error.code !== "SQLITE_BUSY_SNAPSHOT"
  );
}
