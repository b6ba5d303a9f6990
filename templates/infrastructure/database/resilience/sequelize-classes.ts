import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * Sequelize 6's own error classes (sequelize/lib/errors), by name so that two copies of the package do not matter. Its
 * ConnectionError and DatabaseError say nothing alone: the error behind them decides.
 */
const verdictOfClass = new Map<string, ErrorVerdict>([
  ["SequelizeConnectionRefusedError", verdicts.unreachable],
  ["SequelizeConnectionTimedOutError", verdicts.unreachable],
  ["SequelizeHostNotFoundError", verdicts.unreachable],
  ["SequelizeHostNotReachableError", verdicts.unreachable],
  ["SequelizeConnectionAcquireTimeoutError", verdicts.crowded],
  ["SequelizeInvalidConnectionError", verdicts.fatal],
  ["SequelizeAccessDeniedError", verdicts.fatal],
  // In spite of its name: SQLITE_BUSY, a lock that was not released in time.
  ["SequelizeTimeoutError", verdicts.conflict],
  ["SequelizeUniqueConstraintError", verdicts.integrity],
  ["SequelizeForeignKeyConstraintError", verdicts.integrity],
  ["SequelizeExclusionConstraintError", verdicts.integrity],
  ["SequelizeUnknownConstraintError", verdicts.permanent],
  ["SequelizeValidationError", verdicts.permanent],
  ["SequelizeEmptyResultError", verdicts.permanent],
  // Passes only where the unit of work reads the row again: say so with `retryIf`.
  ["SequelizeOptimisticLockError", verdicts.permanent],
  ["SequelizeAssociationError", verdicts.permanent],
  ["SequelizeEagerLoadingError", verdicts.permanent],
  ["SequelizeInstanceError", verdicts.permanent],
  ["SequelizeQueryError", verdicts.permanent],
  ["SequelizeScopeError", verdicts.permanent],
]);

/** Classes that name the moment: no connection was handed out yet, so no statement was sent. */
const whileConnecting = new Set([
  "SequelizeConnectionError",
  "SequelizeConnectionRefusedError",
  "SequelizeConnectionTimedOutError",
  "SequelizeHostNotFoundError",
  "SequelizeHostNotReachableError",
  "SequelizeInvalidConnectionError",
  "SequelizeAccessDeniedError",
]);

/** The verdict on one of Sequelize's errors by its class; undefined when the class does not decide. */
export function judgeSequelizeClass(error: object): ErrorVerdict | undefined {
  return verdictOfClass.get(nameOf(error));
}

/** Whether Sequelize raised the error before it had a connection. */
export function failedWhileConnecting(error: object): boolean {
  return whileConnecting.has(nameOf(error));
}

function nameOf(error: object): string {
  const name: unknown = Reflect.get(error, "name");
  return typeof name === "string" ? name : "";
}
