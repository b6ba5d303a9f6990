import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * Errors of node-postgres that carry no code (pg 8.23, lib/client.js, connection.js and crypto/sasl.js): JavaScript texts,
 * which no server setting translates.
 */
const messages: readonly (readonly [RegExp, ErrorVerdict])[] = [
  [/^Connection terminated due to connection timeout$/, verdicts.unreachable],
  [/^Connection terminated( unexpectedly)?$/, verdicts.lost],
  // The driver refused the statement before it sent anything.
  [
    /^Client has encountered a connection error and is not queryable$/,
    verdicts.unreachable,
  ],
  [/^Client was closed and is not queryable$/, verdicts.unreachable],
  [/^timeout expired$/, verdicts.unreachable],
  [/^timeout exceeded when trying to connect$/, verdicts.crowded],
  [/^Query read timeout$/, verdicts.unanswered],
  [/^There was an error establishing an SSL connection/, verdicts.unreachable],
  [/^The server does not support SSL connections$/, verdicts.fatal],
  [/^SASL: /, verdicts.fatal],
];

/** PgBouncer's own errors (its src/client.c, janitor.c): all have SQLSTATE 08P01, so that only the text tells them apart. */
const poolerMessages: readonly (readonly [RegExp, ErrorVerdict])[] = [
  [/query_wait_timeout/, verdicts.unreachable],
  [/no more connections allowed/, verdicts.unreachable],
  [
    /cannot connect to server|server login (has been )?fail/,
    verdicts.unreachable,
  ],
  [
    /client_login_timeout|pooler is (shut|paus)|database .* is (paused|disabled)/,
    verdicts.unreachable,
  ],
  [
    /server conn(ection)? crashed|server closed|client_idle_timeout/,
    verdicts.lost,
  ],
  [/idle_transaction_timeout|transaction_timeout/, verdicts.expired],
  [/query_timeout/, verdicts.unanswered],
];

/** The verdict on an error of the driver or of a pooler by its text; undefined when the text is not known. */
export function judgePgMessage(error: object): ErrorVerdict | undefined {
  const message: unknown = Reflect.get(error, "message");
  const code: unknown = Reflect.get(error, "code");
  if (typeof message !== "string") return undefined;
  if (code === undefined) return match(messages, message);
  return code === "08P01" ? match(poolerMessages, message) : undefined;
}

function match(
  rows: readonly (readonly [RegExp, ErrorVerdict])[],
  message: string,
): ErrorVerdict | undefined {
  return rows.find(([pattern]) => pattern.test(message))?.[1];
}
