/** SQLSTATEs after which the server ends the connection, or is no longer to be trusted on it. */
const fatalStates = /^(08|57P0|58|F0|XX|25P0[34]|26000|42P05)/;

/** SQLSTATEs of a failed connect that go away by waiting: starting up, shutting down, no slot free. */
const healingStates = new Set([
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "53000",
  "53300",
  "53400",
  "57P01",
  "57P02",
  "57P03",
]);

const healingErrnos = new Set([
  "EADDRNOTAVAIL",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EMFILE",
  "ENETDOWN",
  "ENETUNREACH",
  "ENFILE",
  "ENOBUFS",
  // A Unix socket that is not there yet.
  "ENOENT",
  // A name that a container platform has not published yet.
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What pg says, without a code, when a connect does not come through. */
const healingMessages = [
  "Connection terminated",
  "Connection timed out",
  "timeout expired",
  // PgBouncer, which gives nearly every error the SQLSTATE 08P01.
  "query_wait_timeout",
  "server conn crashed",
  "no more connections",
  "cannot connect to server",
  "server login has been failing",
];

/** What a server's error message carries. */
export interface ServerMessage {
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
}

/** Whether the connection that got this message is lost. */
export function isFatal({ code = "", severity = "" }: ServerMessage): boolean {
  return severity === "FATAL" || severity === "PANIC" || fatalStates.test(code);
}

/** Whether the server refuses to write, as a primary does that has become a standby (SQLSTATE 25006). */
export function isReadOnly({ code }: ServerMessage): boolean {
  return code === "25006";
}

/** Whether a failed connect is worth another attempt a moment later. */
export function healsByWaiting(error: unknown): boolean {
  for (const each of chainOf(error)) {
    const code = codeOf(each);
    if (code !== undefined && code !== "08P01")
      return healingStates.has(code) || healingErrnos.has(code);
  }
  return chainOf(error).some((each) =>
    healingMessages.some((text) => messageOf(each).includes(text)),
  );
}

/** The error and what caused it, the innermost first. */
function chainOf(error: unknown, depth = 0): object[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const { parent, cause, errors } = error as {
    parent?: unknown;
    cause?: unknown;
    errors?: unknown;
  };
  const inner = [parent, cause, Array.isArray(errors) ? errors[0] : undefined];
  return [...inner.flatMap((each) => chainOf(each, depth + 1)), error];
}

function codeOf(error: object): string | undefined {
  return "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

function messageOf(error: object): string {
  return error instanceof Error ? error.message : "";
}
