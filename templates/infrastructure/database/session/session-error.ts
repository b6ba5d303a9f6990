import { DatabaseLayerError } from "../errors.ts";

/** The session was closed, by `close()` or by a COMMIT that failed; open a new one. */
export class SessionClosedError extends DatabaseLayerError {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      "SESSION_CLOSED",
      `This session is closed: ${reason}. Open a new one with sessionFactory().`,
      options,
    );
  }
}

/** An earlier statement failed, so the transaction takes no more of them; `cause` is that failure. */
export class SessionFailedError extends DatabaseLayerError {
  constructor(cause: unknown) {
    super(
      "SESSION_FAILED",
      `This session's transaction takes no more statements, because an earlier one failed (${describe(cause)}). ` +
        "Call session.rollback() first, or wrap what may fail in session.beginNested(…).",
      { cause },
    );
  }
}

/** The session was asked for something that its present state does not allow. */
export class SessionStateError extends DatabaseLayerError {
  constructor(message: string) {
    super("SESSION_STATE", message);
  }
}

/** A query that must have one row had none or several. */
export class ResultError extends DatabaseLayerError {
  constructor(message: string) {
    super("RESULT_NOT_ONE", message);
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const details =
    "errors" in cause && Array.isArray(cause.errors)
      ? (cause.errors as unknown[])
          .filter((item) => item instanceof Object && "message" in item)
          .map((item) => String(item.message))
      : [];
  return `${cause.name}: ${details.length > 0 ? details.join("; ") : cause.message}`;
}
