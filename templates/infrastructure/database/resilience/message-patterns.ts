import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * The last resort, for errors without any code (an old driver, a wrapper that kept the text alone). These texts depend on
 * the server's language and version; add a pattern only when there is no code to go by.
 */
const permanent = [
  /syntax error/i,
  /permission denied/i,
  /must be owner of/i,
  /password authentication failed/i,
  /no pg_hba\.conf entry/i,
  /(database|role|relation|column|function|schema|type) ["'].*["'] does not exist/i,
  /no such (table|column|function|index)/i,
  /(relation|table|index|column|database) ["'`]?\S+["'`]? already exists/i,
  /invalid input syntax/i,
  /value too long for type/i,
  /out of range for type/i,
  /division by zero/i,
  /datatype mismatch/i,
  /current transaction is aborted/i,
  /file is not a database|database disk image is malformed/i,
  /attempt to write a readonly database/i,
];

const integrity = [
  /duplicate key value violates/i,
  /violates (foreign key|check|not-null|unique|exclusion) constraint/i,
  /(UNIQUE|FOREIGN KEY|CHECK|NOT NULL) constraint failed/i,
  /null value in column/i,
];

const cancelled = [
  /canceling statement due to/i,
  /(statement|query) (was )?(timed out|cancell?ed)/i,
];

const conflict = [
  /deadlock (detected|found)/i,
  /could not serialize access/i,
  /could not obtain lock/i,
  /canceling statement due to lock timeout/i,
  /lock wait timeout exceeded/i,
  /database (table )?is locked/i,
  /database schema has changed/i,
  /restart transaction/i,
];

const unreachable = [
  /connection refused/i,
  /could not connect to server/i,
  /could not translate host name/i,
  /temporary failure in name resolution/i,
  /network is unreachable/i,
  /no route to host/i,
  /too many (clients|connections)/i,
  /remaining connection slots are reserved/i,
  /the database system is (starting up|shutting down|in recovery mode)/i,
  /connection pool (is )?exhausted/i,
];

const lost = [
  /server closed the connection/i,
  /terminating connection/i,
  /connection (was )?(reset|closed|lost|aborted)/i,
  /connection (has been )?terminated/i,
  /connection (attempt )?timed out/i,
  /(lost|broken) connection/i,
  /broken pipe/i,
  /socket hang up/i,
  /SSL (connection has been closed|SYSCALL error)/i,
  /unexpected EOF/i,
];

/** In the order of asking: what can be permanent is not retried. */
const rows: readonly (readonly [ErrorVerdict, readonly RegExp[]])[] = [
  [verdicts.integrity, integrity],
  [verdicts.permanent, permanent],
  [verdicts.conflict, conflict],
  [verdicts.cancelled, cancelled],
  [verdicts.unreachable, unreachable],
  [verdicts.lost, lost],
];

/** The verdict on an error without a code by its text; undefined when no pattern fits. */
export function judgeMessage(error: object): ErrorVerdict | undefined {
  const message: unknown = Reflect.get(error, "message");
  if (typeof message !== "string" || message.length > 10_000) return undefined;
  return rows.find(([, patterns]) =>
    patterns.some((pattern) => pattern.test(message)),
  )?.[0];
}
