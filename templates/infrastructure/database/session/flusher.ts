import { SessionStateError } from "./session-error.ts";
import type { TransactionStack } from "./transaction-stack.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

// A hook that adds an object to the session whenever one is written would never end.
const maxFlushes = 100;

/** Brings the pending objects of a session into its transaction. */
export class Flusher {
  readonly #unit: UnitOfWork;
  readonly #stack: TransactionStack;
  readonly #readOnly: boolean;
  #active = false;

  constructor(unit: UnitOfWork, stack: TransactionStack, readOnly: boolean) {
    this.#unit = unit;
    this.#stack = stack;
    this.#readOnly = readOnly;
  }

  /** Whether a flush is on. */
  get active(): boolean {
    return this.#active;
  }

  /** Writes what is pending; does nothing within a flush, which is where model hooks run. */
  async flush(): Promise<void> {
    if (this.#active || !this.#unit.pending) return;
    if (this.#readOnly) {
      throw new SessionStateError(
        "This session is read-only and cannot write the objects that were added, changed or deleted. Open it without readOnly.",
      );
    }
    const transaction = await this.#stack.require();
    const progress = { writing: false };
    this.#active = true;
    try {
      this.#stack.record(
        await this.#unit.flush(transaction, () => {
          progress.writing = true;
        }),
      );
    } catch (error) {
      if (progress.writing) this.#stack.fail(error);
      throw error;
    } finally {
      this.#active = false;
    }
  }

  /** Flushes until nothing is pending: hooks may add objects while a flush is on. */
  async flushAll(): Promise<void> {
    for (let round = 0; this.#unit.pending; round += 1) {
      if (round === maxFlushes) {
        throw new SessionStateError(
          `After ${maxFlushes} flushes there are still changes to write. Look for a model hook that changes or adds objects each time one is written.`,
        );
      }
      await this.flush();
    }
  }
}
