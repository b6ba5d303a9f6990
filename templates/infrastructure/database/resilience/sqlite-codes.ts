import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * SQLite's result codes and what they mean for a retry (sqlite.org/rescode.html). The low byte of an extended code is
 * its primary code, which decides where the extended code is not listed. Edit a row to decide otherwise.
 */
const codes: readonly (readonly [string, number, ErrorVerdict])[] = [
  ["SQLITE_ERROR", 1, verdicts.permanent],
  ["SQLITE_ERROR_RETRY", 513, verdicts.conflict],
  ["SQLITE_ERROR_SNAPSHOT", 769, verdicts.conflict],
  ["SQLITE_INTERNAL", 2, verdicts.permanent],
  ["SQLITE_PERM", 3, verdicts.permanent],
  ["SQLITE_ABORT", 4, verdicts.permanent],
  ["SQLITE_ABORT_ROLLBACK", 516, verdicts.conflict],
  ["SQLITE_BUSY", 5, verdicts.conflict],
  ["SQLITE_BUSY_RECOVERY", 261, verdicts.conflict],
  // Waiting is useless, only a new transaction sees the new state: the whole unit of work runs again.
  ["SQLITE_BUSY_SNAPSHOT", 517, verdicts.conflict],
  ["SQLITE_BUSY_TIMEOUT", 773, verdicts.conflict],
  ["SQLITE_LOCKED", 6, verdicts.conflict],
  ["SQLITE_LOCKED_SHAREDCACHE", 262, verdicts.conflict],
  ["SQLITE_LOCKED_VTAB", 518, verdicts.conflict],
  ["SQLITE_NOMEM", 7, verdicts.shortage],
  ["SQLITE_READONLY", 8, verdicts.permanent],
  ["SQLITE_READONLY_DBMOVED", 1032, verdicts.elsewhere],
  ["SQLITE_INTERRUPT", 9, verdicts.cancelled],
  ["SQLITE_IOERR", 10, verdicts.elsewhere],
  ["SQLITE_CORRUPT", 11, verdicts.fatal],
  ["SQLITE_NOTFOUND", 12, verdicts.permanent],
  ["SQLITE_FULL", 13, verdicts.shortage],
  ["SQLITE_CANTOPEN", 14, verdicts.elsewhere],
  // The folder, the name or the kind of file is wrong, which no second attempt mends.
  ["SQLITE_CANTOPEN_NOTEMPDIR", 270, verdicts.fatal],
  ["SQLITE_CANTOPEN_ISDIR", 526, verdicts.fatal],
  ["SQLITE_CANTOPEN_FULLPATH", 782, verdicts.fatal],
  ["SQLITE_CANTOPEN_SYMLINK", 1550, verdicts.fatal],
  ["SQLITE_PROTOCOL", 15, verdicts.conflict],
  ["SQLITE_EMPTY", 16, verdicts.permanent],
  ["SQLITE_SCHEMA", 17, verdicts.conflict],
  ["SQLITE_TOOBIG", 18, verdicts.permanent],
  ["SQLITE_CONSTRAINT", 19, verdicts.integrity],
  ["SQLITE_CONSTRAINT_CHECK", 275, verdicts.integrity],
  ["SQLITE_CONSTRAINT_COMMITHOOK", 531, verdicts.integrity],
  ["SQLITE_CONSTRAINT_FOREIGNKEY", 787, verdicts.integrity],
  ["SQLITE_CONSTRAINT_FUNCTION", 1043, verdicts.integrity],
  ["SQLITE_CONSTRAINT_NOTNULL", 1299, verdicts.integrity],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", 1555, verdicts.integrity],
  ["SQLITE_CONSTRAINT_TRIGGER", 1811, verdicts.integrity],
  ["SQLITE_CONSTRAINT_UNIQUE", 2067, verdicts.integrity],
  ["SQLITE_CONSTRAINT_VTAB", 2323, verdicts.integrity],
  ["SQLITE_CONSTRAINT_ROWID", 2579, verdicts.integrity],
  ["SQLITE_CONSTRAINT_PINNED", 2835, verdicts.integrity],
  ["SQLITE_CONSTRAINT_DATATYPE", 3091, verdicts.integrity],
  ["SQLITE_MISMATCH", 20, verdicts.permanent],
  ["SQLITE_MISUSE", 21, verdicts.permanent],
  ["SQLITE_NOLFS", 22, verdicts.permanent],
  ["SQLITE_AUTH", 23, verdicts.permanent],
  ["SQLITE_FORMAT", 24, verdicts.permanent],
  ["SQLITE_RANGE", 25, verdicts.permanent],
  ["SQLITE_NOTADB", 26, verdicts.fatal],
];

const verdictOfNumber = new Map(codes.map(([, number, to]) => [number, to]));
const verdictOfName = new Map(codes.map(([name, , to]) => [name, to]));

/**
 * The verdict on a SQLite error, undefined when it carries no result code. Drivers differ: sqlite3 gives a name in `code`
 * and a number in `errno`, better-sqlite3 the extended name in `code`, node:sqlite the extended number in `errcode`.
 */
export function judgeSqliteCode(error: object): ErrorVerdict | undefined {
  const code: unknown = Reflect.get(error, "code");
  if (code === "ERR_SQLITE_ERROR")
    return judgeNumber(Reflect.get(error, "errcode"));
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return undefined;
  return (
    verdictOfName.get(code) ??
    judgeNumber(Reflect.get(error, "errno")) ??
    verdictOfName.get(code.split("_").slice(0, 2).join("_"))
  );
}

function judgeNumber(value: unknown): ErrorVerdict | undefined {
  if (typeof value !== "number") return undefined;
  return verdictOfNumber.get(value) ?? verdictOfNumber.get(value & 0xff);
}
