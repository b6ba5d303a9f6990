import { setTimeout as delay } from "node:timers/promises";
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

const pollMs = 100;

/** Polls until `tryLock` says true: a waiting statement would itself hold up CREATE INDEX CONCURRENTLY. */
export async function waitForLock(
  tryLock: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await tryLock())) {
    if (performance.now() >= deadline) {
      throw new MigrationLockTimeoutError(timeoutMs);
    }
    await delay(pollMs);
  }
}
