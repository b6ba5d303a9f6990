/** What a statement reports when it is done: `this` of the driver's callback. */
export interface SqliteStatement {
  readonly lastID?: number | bigint;
  readonly changes?: number | bigint;
}

export type SqliteRows = Record<string, unknown>[];

export type SqliteCallback = (
  this: SqliteStatement,
  error: Error | null,
  rows?: SqliteRows,
) => void;

/** The methods to run a statement; `run` is for those without rows. */
export type SqliteMethod = "all" | "run";

/** The part of the sqlite3 package's Database that is used here; other drivers are made to fit it. */
export interface SqliteDatabase {
  all(sql: string, parameters: unknown, callback: SqliteCallback): unknown;
  run(sql: string, parameters: unknown, callback: SqliteCallback): unknown;
  /** Runs several statements in one go. */
  exec(sql: string, callback: (error: Error | null) => void): unknown;
  /** Stops the running statement with SQLITE_INTERRUPT. */
  interrupt(): void;
  close(callback: (error: Error | null) => void): void;
}

/** How a database may be opened: read only, read and write, created too, or in memory. */
export type SqliteOpenMode = "ro" | "rw" | "rwc" | "memory";
