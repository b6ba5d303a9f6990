import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseConnection } from "./database-engine.ts";
import {
  type MigrationLock,
  MigrationLockLostError,
  type MigrationLockRequest,
  MigrationLockTimeoutError,
} from "./migration-lock.ts";

const pollMs = 100;

/**
 * Holds an advisory lock for as long as `work` takes, on a connection outside the pool.
 *
 * The lock belongs to a transaction, not to the session: a pooler such as PgBouncer hands
 * a session's lock to the next client, and keeps a transaction on one server connection.
 */
export async function withPostgresMigrationLock<T>(
  open: () => Promise<DatabaseConnection>,
  request: MigrationLockRequest,
  work: (lock: MigrationLock) => Promise<T>,
): Promise<T> {
  const connection = await open();
  let lost = false;
  connection.watch((notice) => {
    lost ||= notice === "lost";
  });
  try {
    await waitForLock(connection, request);
    return await work({
      assertHeld: () => {
        if (lost) throw new MigrationLockLostError();
      },
    });
  } finally {
    // Ends the transaction, and the lock with it.
    await connection.close();
  }
}

/** Polls: a statement that waits would itself hold up CREATE INDEX CONCURRENTLY. */
async function waitForLock(
  connection: DatabaseConnection,
  request: MigrationLockRequest,
): Promise<void> {
  const deadline = performance.now() + request.timeoutMs;
  while (!(await tryLock(connection, request))) {
    if (performance.now() >= deadline) {
      throw new MigrationLockTimeoutError(request.timeoutMs);
    }
    await delay(pollMs);
  }
}

/**
 * Neither the lock nor the idle transaction around it keeps a snapshot, so VACUUM and CREATE INDEX
 * CONCURRENTLY go on. A bound value would: the server keeps its portal open until the next statement.
 */
async function tryLock(
  connection: DatabaseConnection,
  { name }: MigrationLockRequest,
): Promise<boolean> {
  const key = `migrations of ${name}`.replaceAll("'", "''");
  await connection.query("BEGIN ISOLATION LEVEL READ COMMITTED");
  await connection.query(liftTimeouts);
  const [row] = await connection.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('${key}', 0)) AS locked`,
  );
  if (row?.locked === true) return true;
  await connection.query("ROLLBACK");
  return false;
}

/** The lock's transaction is idle on purpose; the second setting exists since PostgreSQL 17. */
const liftTimeouts = `
  SELECT set_config(name, '0', true) FROM pg_settings
  WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')`;
