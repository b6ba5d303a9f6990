import type { Transaction } from "sequelize";
import type { Session } from "./session.ts";

/** A transaction begun by `session.begin()`; leaving its `await using` block without a commit rolls it back. */
export class SessionTransaction implements AsyncDisposable {
  readonly #session: Session;
  readonly #transaction: Transaction;

  constructor(session: Session, transaction: Transaction) {
    this.#session = session;
    this.#transaction = transaction;
  }

  /** Whether it is still to be ended. */
  get active(): boolean {
    return this.#session.currentTransaction === this.#transaction;
  }

  commit(): Promise<void> {
    return this.#session.commit();
  }

  /** Does nothing when the transaction has ended already. */
  async rollback(): Promise<void> {
    if (this.active) await this.#session.rollback();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.rollback();
  }
}
