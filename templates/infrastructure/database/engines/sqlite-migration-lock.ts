import type { DatabaseConnection } from "./database-engine.ts";
import {
  type MigrationLock,
  type MigrationLockRequest,
  waitForLock,
} from "./migration-lock.ts";

/**
 * Holds the lock of an empty file beside the database for as long as `work` takes.
 *
 * SQLite has no advisory lock, and a lock on the database itself would keep the migrations
 * out. The operating system frees the file's lock when its process ends, however it ends.
 */
export async function withSqliteMigrationLock<T>(
  file: string,
  open: (file: string) => Promise<DatabaseConnection>,
  request: MigrationLockRequest,
  work: (lock: MigrationLock) => Promise<T>,
): Promise<T> {
  const lock: MigrationLock = { assertHeld: () => undefined };
  // Nobody else can reach a database in memory.
  if (file === ":memory:") return work(lock);
  const connection = await open(`${file}-migrating`);
  try {
    await waitForLock(() => tryLock(connection), request.timeoutMs);
    return await work(lock);
  } finally {
    await connection.close();
  }
}

async function tryLock(connection: DatabaseConnection): Promise<boolean> {
  try {
    await connection.query("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /SQLITE_BUSY|is locked/.test(error.message);
}
