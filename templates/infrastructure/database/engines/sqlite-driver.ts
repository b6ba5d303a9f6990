import sqlite3 from "sqlite3";
import type { SqliteDatabase, SqliteOpenMode } from "./sqlite-database.ts";

/** The npm package behind this file. */
export const driverName = "sqlite3";

/** How long SQLite itself may wait for a lock: it blocks one of libuv's four threads meanwhile. */
export const blockingWaitMs = 20;

const flags: Record<SqliteOpenMode, number> = {
  ro: sqlite3.OPEN_READONLY,
  rw: sqlite3.OPEN_READWRITE,
  rwc: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
  memory: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
};

/** Opens a database file, or `:memory:`. */
export function openDatabase(
  file: string,
  mode: SqliteOpenMode,
): Promise<SqliteDatabase> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, flags[mode], (error) => {
      if (error === null) resolve(database);
      else reject(error);
    });
    // One statement after the other, in the order in which they came.
    database.serialize();
  });
}
