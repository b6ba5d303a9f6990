import { ErrorCategory } from "./error-category.ts";

/** Everything that the layer wants to know about an error. */
export interface ErrorVerdict {
  readonly category: ErrorCategory;
  /** Whether the whole unit of work may run again: as often as configured, one time more, or not at all. */
  readonly retry: "always" | "once" | "never";
  /** Whether the connection that raised the error must not be used again. */
  readonly reconnect: boolean;
  /** Whether the statement certainly had no effect; false when the server may have executed it unheard. */
  readonly refused: boolean;
}

const refusal = { reconnect: false, refused: true } as const;

/** The verdicts that the tables of codes choose from. */
export const verdicts = {
  /** Another transaction was in the way; the next attempt meets a new situation. */
  conflict: { ...refusal, category: ErrorCategory.TRANSIENT, retry: "always" },
  /** Disk, memory or files are short: help may come, but not by insisting. */
  shortage: { ...refusal, category: ErrorCategory.TRANSIENT, retry: "once" },
  /** A prepared statement or plan of this connection is out of date. */
  stale: {
    category: ErrorCategory.TRANSIENT,
    retry: "once",
    reconnect: true,
    refused: true,
  },
  /** No connection was made, so nothing was sent. */
  unreachable: {
    category: ErrorCategory.CONNECTION,
    retry: "always",
    reconnect: true,
    refused: true,
  },
  /** The connection broke while a statement may have been on its way. */
  lost: {
    category: ErrorCategory.CONNECTION,
    retry: "always",
    reconnect: true,
    refused: false,
  },
  /** The server is reachable but in the wrong role or state; a new connection may reach a better one. */
  elsewhere: {
    category: ErrorCategory.CONNECTION,
    retry: "once",
    reconnect: true,
    refused: true,
  },
  /** No connection became free in time; nothing was sent. */
  crowded: { ...refusal, category: ErrorCategory.TIMEOUT, retry: "always" },
  /** The statement was too slow and was cancelled on the server. */
  cancelled: { ...refusal, category: ErrorCategory.TIMEOUT, retry: "never" },
  /** The server gave up on a session whose application was too slow. */
  expired: {
    category: ErrorCategory.TIMEOUT,
    retry: "never",
    reconnect: true,
    refused: true,
  },
  /** No answer came in time; the server may be executing the statement still. */
  unanswered: {
    category: ErrorCategory.TIMEOUT,
    retry: "never",
    reconnect: true,
    refused: false,
  },
  integrity: { ...refusal, category: ErrorCategory.INTEGRITY, retry: "never" },
  permanent: { ...refusal, category: ErrorCategory.PERMANENT, retry: "never" },
  /** Permanent, and the connection is of no use either. */
  fatal: {
    category: ErrorCategory.PERMANENT,
    retry: "never",
    reconnect: true,
    refused: true,
  },
  /** The server says itself that it does not know whether it committed. */
  inDoubt: {
    category: ErrorCategory.UNKNOWN,
    retry: "never",
    reconnect: true,
    refused: false,
  },
  unknown: {
    category: ErrorCategory.UNKNOWN,
    retry: "never",
    reconnect: false,
    refused: false,
  },
} as const satisfies Record<string, ErrorVerdict>;
