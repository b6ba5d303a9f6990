// {{#if resilience}}
import {
  CommitInDoubtError,
  isDatabaseErrorRetryable,
} from "../infrastructure/database/index.ts";

// {{/if}}
export interface Problem {
  readonly statusCode: number;
  readonly body: { readonly error: string };
}

/** What the client is told when its request failed; what it cannot mend is logged here and not shown. */
export function toProblem(error: unknown): Problem {
  if (isClientError(error)) return problem(error.statusCode, error.message);
  console.error(error);
  // {{#if migrations}}
  if (isMissingTable(error)) {
    return problem(503, "A table is missing: run the script db:migrate first.");
  }
  // {{/if}}
  // {{#if resilience}}
  if (error instanceof CommitInDoubtError) {
    return problem(500, "It is not known whether this was stored: look first.");
  }
  if (isDatabaseErrorRetryable(error)) {
    return problem(503, "The database is not available: try again later.");
  }
  // {{/if}}
  return problem(500, "Something went wrong here.");
}

/** A RequestError, or a web framework's error about a request that it cannot read. */
function isClientError(
  error: unknown,
): error is Error & { statusCode: number } {
  return (
    error instanceof Error &&
    "statusCode" in error &&
    typeof error.statusCode === "number" &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}

// {{#if migrations}}
/** SQLSTATE 42P01 (undefined_table) on PostgreSQL; SQLite has only its message. */
function isMissingTable(error: unknown): boolean {
  const cause: unknown =
    error instanceof Error && "parent" in error ? error.parent : undefined;
  if (!(cause instanceof Error)) return false;
  return (
    ("code" in cause && cause.code === "42P01") ||
    cause.message.includes("no such table")
  );
}

// {{/if}}
function problem(statusCode: number, error: string): Problem {
  return { statusCode, body: { error } };
}
