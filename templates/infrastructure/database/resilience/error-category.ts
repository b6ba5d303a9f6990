/** What kind of failure a database error is; the names are those of the guide. */
export const ErrorCategory = {
  /** Passes by itself: a deadlock, a serialization failure, a lock, a shortage. */
  TRANSIENT: "transient",
  /** Comes again with every attempt: bad SQL, missing rights, a wrong password. */
  PERMANENT: "permanent",
  /** The server cannot be reached, or the connection to it is lost. */
  CONNECTION: "connection",
  /** Something took longer than it was allowed to. */
  TIMEOUT: "timeout",
  /** The data contradicts a constraint. */
  INTEGRITY: "integrity",
  /** Not a database error, or one that nobody has classified: never retried. */
  UNKNOWN: "unknown",
} as const;

export type ErrorCategory = (typeof ErrorCategory)[keyof typeof ErrorCategory];
