import type { Options } from "sequelize";
// {{#if resilience}}
import type { CommitResolution } from "../resilience/commit-resolution.ts";
// {{/if}}

// {{#if migrations}}
import type {
  MigrationLock,
  MigrationLockRequest,
  TableRebuild,
} from "./migration-lock.ts";
// {{/if}}
// {{#if sessions}}
import type { SessionSupport } from "../session/session-support.ts";
// {{/if}}

/** Which connections a caller asks for; only SQLite keeps readers apart from its one writer. */
export type Lane = "write" | "read";

/** How many connections a lane keeps, and how many more it may open under load. */
export interface LaneSize {
  readonly size: number;
  readonly maxOverflow: number;
}

/** What a connection noticed by itself: it died, or its server can no longer be the primary. */
export type ConnectionNotice = "lost" | "demoted";

/** One open connection, whatever the driver. */
export interface DatabaseConnection {
  /** The driver's object, which Sequelize works with. */
  readonly native: object;
  /** False when it is broken or carries an open transaction: it must not be pooled. */
  readonly usable: boolean;
  /** Runs one statement with the driver's own placeholders (`$1` on PostgreSQL, `?` on SQLite). */
  query<Row extends object>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /** Resolves when the server answers, rejects after `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  /** Resolves when the driver has read the end of the last statement; undefined when it has already. */
  settled(): Promise<void> | undefined;
  /** Leaves the idle connection open without keeping the process alive. */
  park(): void;
  /** Undoes `park`. */
  resume(): void;
  /** Calls back when the connection notices that it, or its server, is no good any more. */
  watch(listener: (notice: ConnectionNotice) => void): void;
  /** Asks the server to stop the running statement; never rejects. */
  cancel(): Promise<void>;
  /** Closes in order when it can, by force when it must; bounded, never rejects. */
  close(): Promise<void>;
}

/** What is needed to open one connection. */
export interface OpenRequest {
  readonly lane: Lane;
  /** Sequelize's own way to connect, with its hooks and type parsers. */
  readonly native: () => Promise<object>;
  /** Aborts when nobody wants the connection any more. */
  readonly signal: AbortSignal;
}

/** SQLAlchemy's pool arguments; durations in seconds, `poolRecycle` −1 means never. */
export interface PoolKwargs {
  readonly poolSize: number;
  readonly maxOverflow: number;
  readonly poolTimeout: number;
  readonly poolRecycle: number;
  readonly poolPrePing: boolean;
}

/** All that differs from one database to the other; everything outside `engines/` asks it. */
export interface DatabaseEngine {
  readonly databaseType: "sqlite" | "postgresql";
  /** The npm package that talks to the database. */
  readonly driver: string;
  /** Whether connections are pooled in SQLAlchemy's sense: true for PostgreSQL, false for SQLite. */
  readonly supportsPool: boolean;
  readonly jsonColumnType: "JSON" | "JSONB";
  /** The lanes to open; without `read`, every caller uses `write`. */
  readonly lanes: { readonly write: LaneSize; readonly read?: LaneSize };
  /** What to look at when no connection became free in time. */
  readonly timeoutHint: string;
  /** Makes a transaction that has just begun refuse to write: Sequelize's `readOnly` only picks the connection. */
  readonly readOnlyStatement: string;
  /** What the driver gets: timeouts in milliseconds, TLS, PRAGMAs. */
  getConnectArgs(): Readonly<Record<string, unknown>>;
  getPoolKwargs(): PoolKwargs;
  /** The options for `new Sequelize(…)`. */
  getEngineKwargs(): Options;
  open(request: OpenRequest): Promise<DatabaseConnection>;
  /** Whether an error while connecting goes away by waiting (server starting, no slot free). */
  heals(error: unknown): boolean;
  /** Frees what outlives single connections, such as an in-memory database. */
  dispose(): Promise<void>;
  // {{#if migrations}}

  /** Runs `work` while no other process migrates this database, without taking a connection of the pool. */
  withMigrationLock<T>(
    request: MigrationLockRequest,
    work: (lock: MigrationLock) => Promise<T>,
  ): Promise<T>;
  /** The statement that lets a table be rebuilt without touching the rows that refer to it, and what takes it back. */
  readonly tableRebuild: TableRebuild | undefined;
  // {{/if}}
  // {{#if sessions}}

  /** What sessions need to know of this database. */
  readonly sessionSupport: SessionSupport;
  // {{/if}}
  // {{#if resilience}}

  /** Tells what became of a COMMIT that was not answered; undefined where a failed COMMIT is never in doubt. */
  readonly commitResolution: CommitResolution | undefined;
  // {{/if}}
}
