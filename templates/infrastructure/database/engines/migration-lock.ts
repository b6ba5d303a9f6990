import { DatabaseLayerError } from "../errors.ts";

/** What one run of the migrations asks for. */
export interface MigrationLockRequest {
  /** Runs with the same name exclude one another. */
  readonly name: string;
  /** How long to wait for another run, in milliseconds. */
  readonly timeoutMs: number;
}

/** The right to migrate, held by one process at a time. */
export interface MigrationLock {
  /** Throws when the connection that holds the lock is gone, and others may have begun. */
  assertHeld(): void;
}

/** Statements around a migration, where a table is changed by building it anew. */
export interface TableRebuild {
  /** Before the transaction: dropping the old table may not delete the rows that refer to it. */
  readonly before: string;
  /** At the end of the transaction: returns a row for every reference to nothing. */
  readonly check: string;
  /** After the transaction. */
  readonly after: string;
}

/** Another run of the migrations did not end in time. */
export class MigrationLockTimeoutError extends DatabaseLayerError {
  constructor(timeoutMs: number) {
    super(
      "MIGRATION_LOCK_TIMEOUT",
      `Another process has been migrating this database for more than ${timeoutMs / 1000} s. Wait until it ends, or raise lockTimeout (--lock-timeout, in seconds) if its migrations take that long.`,
    );
  }
}

/** The connection that held the lock was lost in the middle of a run. */
export class MigrationLockLostError extends DatabaseLayerError {
  constructor() {
    super(
      "MIGRATION_LOCK_LOST",
      "The connection that holds the migration lock was lost, so another process may be migrating now. What was applied so far is recorded; run the migrations again.",
    );
  }
}
