import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * SQLSTATEs and what they mean for a retry. Names: PostgreSQL documentation, appendix A; which ones pass by themselves:
 * the same, 13.5, and the lists of Npgsql (IsTransient) and HikariCP (evictions). Edit a row to decide otherwise.
 */
const states: readonly (readonly [ErrorVerdict, readonly string[]])[] = [
  // connection_exception, does_not_exist, failure
  [verdicts.lost, ["08000", "08003", "08006"]],
  // admin_shutdown, crash_shutdown
  [verdicts.lost, ["57P01", "57P02"]],
  // unable to establish, rejected; cannot_connect_now
  [verdicts.unreachable, ["08001", "08004", "57P03"]],
  // idle_session_timeout: the session was idle, so nothing was executed
  [verdicts.unreachable, ["57P05"]],
  // insufficient_resources, too_many_connections, configuration_limit_exceeded
  [verdicts.unreachable, ["53000", "53300", "53400"]],
  // transaction_resolution_unknown, statement_completion_unknown
  [verdicts.inDoubt, ["08007", "40003"]],
  // protocol_violation; a pooler uses it for all its own errors, whose texts are in pg-messages.ts
  [verdicts.fatal, ["08P01"]],
  // transaction_rollback, serialization_failure, deadlock_detected
  [verdicts.conflict, ["40000", "40001", "40P01"]],
  // lock_not_available, object_in_use, snapshot_too_old
  [verdicts.conflict, ["55P03", "55006", "72000"]],
  // disk_full, out_of_memory
  [verdicts.shortage, ["53100", "53200"]],
  // system_error, io_error, undefined_file, duplicate_file
  [verdicts.elsewhere, ["58000", "58030", "58P01", "58P02"]],
  // read_only_sql_transaction: a demoted primary, or a transaction that asked to be read-only
  [verdicts.elsewhere, ["25006"]],
  // invalid_sql_statement_name, duplicate_prepared_statement: a pooler gave us another backend
  [verdicts.stale, ["26000", "42P05"]],
  // query_canceled: statement_timeout, or a cancel request
  [verdicts.cancelled, ["57014"]],
  // idle_in_transaction_session_timeout
  [verdicts.expired, ["25P03"]],
  // transaction_timeout may strike while COMMIT is being executed
  [verdicts.unanswered, ["25P04"]],
  // in_failed_sql_transaction: a symptom, the error before it is the one to look at
  [verdicts.permanent, ["25P02"]],
  // database_dropped, invalid_authorization, invalid_password, unknown database or schema
  [verdicts.fatal, ["57P04", "28000", "28P01", "3D000", "3F000"]],
  // transaction_integrity_constraint_violation, with_check_option_violation
  [verdicts.integrity, ["40002", "44000"]],
];

/** By the first two characters, for the states that the list above does not name. */
const classes: readonly (readonly [ErrorVerdict, readonly string[]])[] = [
  [verdicts.lost, ["08"]],
  [verdicts.integrity, ["23"]],
  [verdicts.conflict, ["40"]],
  [verdicts.shortage, ["53"]],
  [verdicts.elsewhere, ["58"]],
  // internal_error, data_corrupted, index_corrupted; config_file_error
  [verdicts.fatal, ["XX", "F0"]],
  // features, data, transaction state, syntax and rights, routines, limits, state, PL/pgSQL
  [verdicts.permanent, ["03", "0A", "0B", "0L", "0P", "20", "21", "22", "24"]],
  [verdicts.permanent, ["25", "27", "2B", "2D", "2F", "34", "38", "39", "3B"]],
  [verdicts.permanent, ["42", "54", "55", "57", "HV", "P0"]],
];

const verdictOfState = new Map(flatten(states));
const verdictOfClass = new Map(flatten(classes));

/** The verdict on a PostgreSQL error by its SQLSTATE; undefined when it carries none. */
export function judgeSqlState(error: object): ErrorVerdict | undefined {
  const code: unknown = Reflect.get(error, "code");
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  if (code === "0A000" && isStalePlan(error)) return verdicts.stale;
  return verdictOfState.get(code) ?? verdictOfClass.get(code.slice(0, 2));
}

/** "Cached plan must not change result type" has no SQLSTATE of its own, and its text depends on the server's language. */
function isStalePlan(error: object): boolean {
  return Reflect.get(error, "routine") === "RevalidateCachedQuery";
}

function flatten(
  rows: readonly (readonly [ErrorVerdict, readonly string[]])[],
): [string, ErrorVerdict][] {
  return rows.flatMap(([verdict, codes]) =>
    codes.map((code): [string, ErrorVerdict] => [code, verdict]),
  );
}
