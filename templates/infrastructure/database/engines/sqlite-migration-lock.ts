import {
  type MigrationLock,
  type MigrationLockRequest,
  MigrationLockTimeoutError,
  type TableRebuild,
} from "./migration-lock.ts";
import { isBusy, PatientDatabase } from "./patient-database.ts";
import { blockingWaitMs, openDatabase } from "./sqlite-driver.ts";

/**
 * Holds the lock of an empty file beside the database for as long as `work` takes.
 *
 * SQLite has no advisory lock, and a lock on the database itself would keep the migrations
 * out. The operating system frees the file's lock when its process ends, however it ends.
 */
export async function withSqliteMigrationLock<T>(
  file: string,
  request: MigrationLockRequest,
  work: (lock: MigrationLock) => Promise<T>,
): Promise<T> {
  const lock: MigrationLock = { assertHeld: () => undefined };
  // Nobody else can reach a database in memory.
  if (file === ":memory:") return work(lock);
  const database = await openLockFile(`${file}-migrating`, request);
  try {
    await database.exec("BEGIN EXCLUSIVE").catch((error: unknown) => {
      if (error instanceof Error && isBusy(error)) {
        throw new MigrationLockTimeoutError(request.timeoutMs);
      }
      throw error;
    });
    return await work(lock);
  } finally {
    await database.close();
  }
}

async function openLockFile(
  file: string,
  { timeoutMs }: MigrationLockRequest,
): Promise<PatientDatabase> {
  const database = await openDatabase(file, "rwc");
  const patient = new PatientDatabase(database, {
    busyTimeoutMs: timeoutMs,
    readOnly: false,
  });
  await patient.exec(`PRAGMA busy_timeout = ${blockingWaitMs}`);
  return patient;
}

/** Sequelize's `changeColumn` drops and rebuilds the table; with foreign keys on, that deletes what refers to it. */
export function tableRebuild(foreignKeys = "ON"): TableRebuild {
  return {
    before: "PRAGMA foreign_keys = OFF",
    check: "PRAGMA foreign_key_check",
    after: `PRAGMA foreign_keys = ${foreignKeys}`,
  };
}
