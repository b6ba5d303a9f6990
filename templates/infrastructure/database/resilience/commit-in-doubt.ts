import { DatabaseLayerError } from "../errors.ts";

/**
 * The connection was lost while the server was storing something: it may or may not be there. Nothing retries this by
 * itself; look at the data first, or let `exactlyOnce` ask the server.
 */
export class CommitInDoubtError extends DatabaseLayerError {
  constructor(statement: string, cause: unknown) {
    super(
      "COMMIT_IN_DOUBT",
      `The connection was lost during ${statement}, so it is not known whether the server stored it (${reasonOf(cause)}). Check the data before repeating the work, or run it with retryTransaction and exactlyOnce: true.`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
