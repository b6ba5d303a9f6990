import * as betterSqlite3 from "better-sqlite3";
import type {
  SqliteCallback,
  SqliteDatabase,
  SqliteMethod,
  SqliteOpenMode,
  SqliteRows,
} from "./sqlite-database.ts";
import { toSqliteValue } from "./sqlite-value.ts";

/** The npm package behind this file. */
export const driverName = "better-sqlite3";

/** This driver runs in the main thread: SQLite itself must not wait, or everything else would. */
export const blockingWaitMs = 0;

/** The part of better-sqlite3 that is used. */
interface BetterDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): BetterStatement;
  close(): unknown;
}

interface BetterStatement {
  /** Whether the statement has rows. */
  readonly reader: boolean;
  all(...values: unknown[]): SqliteRows;
  run(...values: unknown[]): {
    readonly lastInsertRowid: number | bigint;
    readonly changes: number;
  };
}

type Constructor = new (
  file: string,
  options: {
    readonly readonly: boolean;
    readonly fileMustExist: boolean;
    readonly timeout: number;
  },
) => BetterDatabase;

// The package is one class: it is `default` for ES modules, and the module itself for CommonJS.
const imported = betterSqlite3 as unknown as Constructor & {
  readonly default?: Constructor;
};
const Database = imported.default ?? imported;

/** Opens a database file, or `:memory:`. */
export async function openDatabase(
  file: string,
  mode: SqliteOpenMode,
): Promise<SqliteDatabase> {
  await Promise.resolve();
  return adapted(
    new Database(file, {
      readonly: mode === "ro",
      fileMustExist: mode === "ro" || mode === "rw",
      timeout: blockingWaitMs,
    }),
  );
}

/** What Sequelize looks for: the class name, and these two fields. */
class Statement {
  lastID: number | bigint = 0;
  changes = 0;
}

/** Gives the synchronous driver the callbacks of the sqlite3 package; each lets other work go first. */
function adapted(database: BetterDatabase): SqliteDatabase {
  const call =
    (method: SqliteMethod) =>
    (sql: string, parameters: unknown, callback: SqliteCallback): void => {
      const statement = new Statement();
      let error: Error | null = null;
      let rows: SqliteRows = [];
      try {
        rows = execute(database, statement, sql, parameters);
      } catch (failure) {
        error = failure as Error;
      }
      setImmediate(() => {
        if (error !== null) callback.call(statement, error);
        else callback.call(statement, null, method === "all" ? rows : []);
      });
    };
  return {
    all: call("all"),
    run: call("run"),
    exec: (sql, callback) => {
      settle(() => database.exec(sql), callback);
    },
    close: (callback) => {
      settle(() => database.close(), callback);
    },
    interrupt: () => {
      // Nothing runs while other code does.
    },
  };
}

function execute(
  database: BetterDatabase,
  result: Statement,
  sql: string,
  parameters: unknown,
): SqliteRows {
  const statement = database.prepare(sql);
  const values = bound(parameters);
  if (statement.reader) return statement.all(...values);
  const { lastInsertRowid, changes } = statement.run(...values);
  result.lastID = lastInsertRowid;
  result.changes = changes;
  return [];
}

/** Lists stay lists; names lose the sign in front, which this driver does not want. */
function bound(parameters: unknown): unknown[] {
  if (Array.isArray(parameters)) return parameters.map(toSqliteValue);
  const named = Object.entries(parameters as Record<string, unknown>).map(
    ([name, value]) => [name.replace(/^[$:@]/, ""), toSqliteValue(value)],
  );
  return named.length === 0 ? [] : [Object.fromEntries(named)];
}

function settle(
  work: () => unknown,
  callback: (error: Error | null) => void,
): void {
  let failure: Error | null = null;
  try {
    work();
  } catch (error) {
    failure = error as Error;
  }
  setImmediate(callback, failure);
}
