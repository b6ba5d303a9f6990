import { CommitInDoubtError } from "./commit-in-doubt.ts";
import type { CommitResolution, CommitTicket } from "./commit-resolution.ts";
import type { RetryOptions } from "./retry.ts";
import { TransactionLostError } from "./transaction-lost.ts";

/** Options of `retryTransaction` and `retrySession`. */
export interface UnitRetryOptions extends RetryOptions {
  /**
   * Asks the server what became of a COMMIT whose answer was lost, instead of giving up with CommitInDoubtError: one
   * more short statement a transaction, for PostgreSQL 13 and later. On SQLite a failed COMMIT is never in doubt, so that the
   * option changes nothing there. False by default.
   */
  readonly exactlyOnce?: boolean;
  /** Seconds that the server has to answer that question; 30 by default. */
  readonly resolveTimeout?: number;
}

/** What a unit of work leaves behind as its last act before COMMIT. */
export interface Finish<T> {
  readonly value: T;
  /** Undefined when the transaction has written nothing. */
  readonly ticket: CommitTicket | undefined;
}

/**
 * Runs one attempt of a unit of work and settles its commit: resolves when it is stored, also where the server's answer
 * was lost, and rejects with a retryable error when it certainly is not.
 */
export async function settleCommit<T>(
  resolution: CommitResolution,
  timeout: number,
  attempt: (finish: (end: Finish<T>) => void) => Promise<T>,
): Promise<T> {
  let end: Finish<T> | undefined;
  try {
    return await attempt((finished) => {
      end = finished;
    });
  } catch (error) {
    // Doubt that arose before the last act is about a commit of the work's own, which we know nothing about.
    if (end === undefined || !(error instanceof CommitInDoubtError))
      throw error;
    const fate =
      end.ticket === undefined
        ? "rolled back"
        : await resolution.resolve(end.ticket, timeout);
    if (fate === "committed") return end.value;
    throw fate === "unknown" ? error : new TransactionLostError(error.cause);
  }
}
