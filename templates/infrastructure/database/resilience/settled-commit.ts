import { CommitInDoubtError } from "./commit-in-doubt.ts";
import type { CommitFate, CommitResolution } from "./commit-resolution.ts";
import type { TicketQuery } from "./commit-resolution.ts";
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

const questions = new WeakMap<object, () => Promise<CommitFate>>();

/** To be the last act of a transaction: if the answer to its COMMIT is lost, the server is asked what became of it. */
export async function settleOnCommit(
  transaction: object,
  resolution: CommitResolution,
  query: TicketQuery,
  timeout = 30,
): Promise<void> {
  const ticket = await resolution.ticket(query);
  questions.set(transaction, () =>
    // Without a ticket nothing was written: it does not matter, and may run again.
    ticket === undefined
      ? Promise.resolve("rolled back")
      : resolution.resolve(ticket, timeout),
  );
}

/** Resolves when the transaction turns out to be stored; else rejects with what is known about it. */
export async function settleCommit(
  transaction: unknown,
  error: unknown,
): Promise<void> {
  const ask =
    typeof transaction === "object" && transaction !== null
      ? questions.get(transaction)
      : undefined;
  const fate = (await ask?.()) ?? "unknown";
  if (fate === "rolled back") throw new TransactionLostError(error);
  if (fate === "unknown") throw new CommitInDoubtError("COMMIT", error);
}
