import { existsSync } from "node:fs";
import type {
  SqliteCallback,
  SqliteDatabase,
  SqliteMethod,
  SqliteOpenMode,
  SqliteRows,
} from "./sqlite-database.ts";
import { toSqliteValue } from "./sqlite-value.ts";

/** The module behind this file: built into Node since 22.13. */
export const driverName = "node:sqlite";

/** This driver runs in the main thread: SQLite itself must not wait, or everything else would. */
export const blockingWaitMs = 0;

/** The part of `node:sqlite` that is used; Node's type declarations before 22 do not know it. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean },
  ) => NodeDatabase;
}

interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}

interface NodeStatement {
  all(...values: unknown[]): SqliteRows;
  run(...values: unknown[]): {
    readonly lastInsertRowid: number | bigint;
    readonly changes: number | bigint;
  };
  setAllowUnknownNamedParameters?(allow: boolean): void;
}

interface BuiltinModules {
  getBuiltinModule?(name: string): unknown;
}

/** Opens a database file, or `:memory:`. */
export async function openDatabase(
  file: string,
  mode: SqliteOpenMode,
): Promise<SqliteDatabase> {
  await Promise.resolve();
  if ((mode === "ro" || mode === "rw") && !existsSync(file))
    throw Object.assign(new Error("the file does not exist"), {
      code: "SQLITE_CANTOPEN",
    });
  const { DatabaseSync } = nodeSqlite();
  try {
    return adapted(new DatabaseSync(file, { readOnly: mode === "ro" }));
  } catch (error) {
    throw coded(error);
  }
}

function nodeSqlite(): NodeSqlite {
  const modules = process as BuiltinModules;
  const found = modules.getBuiltinModule?.("node:sqlite");
  if (found === undefined)
    throw new TypeError(
      `The built-in SQLite driver needs Node 22.13 or later, but this is ${process.version}. Use a newer Node, or another SQLite driver.`,
    );
  return found as NodeSqlite;
}

/** What Sequelize looks for: the class name, and these two fields. */
class Statement {
  lastID: number | bigint = 0;
  changes: number | bigint = 0;
}

/** Gives the synchronous driver the callbacks of the sqlite3 package; each lets other work go first. */
function adapted(database: NodeDatabase): SqliteDatabase {
  const call =
    (method: SqliteMethod) =>
    (sql: string, parameters: unknown, callback: SqliteCallback): void => {
      const statement = new Statement();
      let error: Error | null = null;
      let rows: SqliteRows = [];
      try {
        rows = execute(database, statement, method, sql, parameters);
      } catch (failure) {
        error = coded(failure);
      }
      setImmediate(() => {
        if (error !== null) callback.call(statement, error);
        else callback.call(statement, null, rows);
      });
    };
  return {
    all: call("all"),
    run: call("run"),
    exec: (sql, callback) => {
      settle(() => {
        database.exec(sql);
      }, callback);
    },
    close: (callback) => {
      settle(() => {
        database.close();
      }, callback);
    },
    interrupt: () => {
      // Nothing runs while other code does.
    },
  };
}

function execute(
  database: NodeDatabase,
  result: Statement,
  method: SqliteMethod,
  sql: string,
  parameters: unknown,
): SqliteRows {
  const statement = database.prepare(sql);
  statement.setAllowUnknownNamedParameters?.(true);
  const values = bound(parameters);
  if (method === "all") return statement.all(...values).map(plain);
  const { lastInsertRowid, changes } = statement.run(...values);
  result.lastID = lastInsertRowid;
  result.changes = changes;
  return [];
}

function bound(parameters: unknown): unknown[] {
  if (Array.isArray(parameters)) return parameters.map(toSqliteValue);
  const named = Object.entries(parameters as Record<string, unknown>).map(
    ([name, value]) => [name, toSqliteValue(value)],
  );
  return named.length === 0 ? [] : [Object.fromEntries(named)];
}

/** Rows come without a prototype and with plain byte arrays; Sequelize expects objects and Buffers. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...row };
  for (const [name, value] of Object.entries(copy))
    if (value instanceof Uint8Array) copy[name] = Buffer.from(value);
  return copy;
}

/** Result codes that Sequelize and the classifier know by name (sqlite.org/rescode.html). */
const names: Readonly<Record<number, string>> = {
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  8: "SQLITE_READONLY",
  9: "SQLITE_INTERRUPT",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  19: "SQLITE_CONSTRAINT",
  26: "SQLITE_NOTADB",
  275: "SQLITE_CONSTRAINT_CHECK",
  517: "SQLITE_BUSY_SNAPSHOT",
  787: "SQLITE_CONSTRAINT_FOREIGNKEY",
  1299: "SQLITE_CONSTRAINT_NOTNULL",
  1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
  1811: "SQLITE_CONSTRAINT_TRIGGER",
  2067: "SQLITE_CONSTRAINT_UNIQUE",
};

function coded(error: unknown): Error {
  const failure = error as Error & { errcode?: number };
  const { errcode } = failure;
  if (errcode === undefined) return failure;
  const code = names[errcode] ?? names[errcode & 0xff] ?? "SQLITE_ERROR";
  return Object.assign(failure, { code });
}

function settle(
  work: () => void,
  callback: (error: Error | null) => void,
): void {
  let failure: Error | null = null;
  try {
    work();
  } catch (error) {
    failure = coded(error);
  }
  setImmediate(callback, failure);
}
