import { BaseError } from "sequelize";
import type { Transaction } from "sequelize";
import type { Engine } from "../engine.ts";
import { Flusher } from "./flusher.ts";
import { SessionClosedError, SessionStateError } from "./session-error.ts";
import type { SessionOptions } from "./session-options.ts";
import { StatementQueue } from "./statement-queue.ts";
import { TransactionStack } from "./transaction-stack.ts";
import type { CommitCallback } from "./transaction-stack.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** What a session does in turn: statements, flushes, and the beginning and end of its transactions. */
export class SessionWork {
  readonly unit: UnitOfWork;
  readonly stack: TransactionStack;
  readonly #engine: Engine;
  readonly #options: SessionOptions;
  readonly #queue = new StatementQueue();
  #closed: SessionClosedError | undefined;
  readonly #flusher: Flusher;

  constructor(engine: Engine, options: SessionOptions) {
    this.#engine = engine;
    this.#options = options;
    this.unit = new UnitOfWork(engine.sequelize);
    this.stack = new TransactionStack(engine, options);
    this.#flusher = new Flusher(
      this.unit,
      this.stack,
      options.readOnly ?? false,
    );
  }

  assertOpen(): void {
    if (this.#closed !== undefined) throw this.#closed;
  }

  /** Runs `work` in the transaction, after what was queued before and with pending changes written. */
  query<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#enqueue(async () => {
      const transaction = await this.stack.require();
      if (this.#options.autoflush ?? true) await this.#flusher.flush();
      try {
        return await work(transaction);
      } catch (error) {
        if (isFromDatabase(error)) this.stack.fail(error);
        throw error;
      }
    });
  }

  flush(): Promise<void> {
    return this.#enqueue(() => this.#flusher.flush());
  }

  /** Begins at once; for callers that want a transaction of their own from here on. */
  begin(): Promise<Transaction> {
    return this.#enqueue(async () => {
      if (this.stack.transaction !== undefined) {
        throw new SessionStateError(
          "A transaction is in progress already (a session begins one at its first query). Commit or roll it back first, or use beginNested(…) for a savepoint.",
        );
      }
      return this.stack.require();
    });
  }

  /** Runs `work` within a savepoint, as one turn: statements from outside wait until it ends. */
  nested<T>(work: () => Promise<T>): Promise<T> {
    return this.#enqueue(async () => {
      await this.stack.require();
      await this.#flusher.flush();
      await this.stack.pushSavepoint();
      try {
        const result = await work();
        await this.#enqueue(async () => {
          await this.#flusher.flush();
          await this.stack.releaseSavepoint();
        });
        return result;
      } catch (error) {
        // Queued, for statements that `work` did not await come before the rollback.
        await this.#queue.run(async () => {
          if (this.#closed !== undefined) return;
          this.unit.revert(await this.stack.rollbackToSavepoint());
        });
        throw error;
      }
    });
  }

  async commit(): Promise<void> {
    const callbacks = await this.#enqueue(async () => {
      this.#assertOutermost("commit");
      await this.#flusher.flushAll();
      // Tells of an earlier failure, instead of a COMMIT that could only fail.
      if (this.stack.transaction !== undefined) await this.stack.require();
      return this.#commit();
    });
    for (const callback of callbacks) await this.#report(callback);
  }

  rollback(): Promise<void> {
    return this.#enqueue(async () => {
      this.#assertOutermost("rollback");
      await this.#rollback();
    });
  }

  /** Waits for what was queued, rolls back, and lets nothing in any more; never rejects. */
  close(reason: string): Promise<void> {
    if (this.#closed !== undefined) return this.#queue.run(nothing);
    this.#closed = new SessionClosedError(reason);
    return this.#queue.run(async () => {
      await this.#rollback();
      this.unit.clear();
    });
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    return this.#closed === undefined
      ? this.#queue.run(work)
      : Promise.reject(this.#closed);
  }

  async #commit(): Promise<CommitCallback[]> {
    try {
      const callbacks = await this.stack.commit();
      if (this.#options.expireOnCommit === true) {
        this.unit.identities.expireAll();
      }
      return callbacks;
    } catch (error) {
      this.#closed = new SessionClosedError("its COMMIT failed", {
        cause: error,
      });
      this.unit.revert(this.stack.abandon());
      throw error;
    }
  }

  async #rollback(): Promise<void> {
    this.unit.revert(await this.stack.rollback());
    this.unit.identities.expireAll();
  }

  async #report(callback: CommitCallback): Promise<void> {
    try {
      await callback();
    } catch (error) {
      this.#engine.logger.error(
        `An afterCommit callback failed; the transaction stays committed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }

  #assertOutermost(action: string): void {
    if (this.#flusher.active) {
      throw new SessionStateError(
        `Cannot ${action} while changes are being written; not in a model hook.`,
      );
    }
    if (this.stack.depth > 0) {
      throw new SessionStateError(
        `Cannot ${action} within beginNested(…): it ends with its work, by throwing when it shall be rolled back.`,
      );
    }
  }
}

/** Sequelize wraps what the driver reports; its own complaints about arguments have no parent. */
function isFromDatabase(error: unknown): boolean {
  return error instanceof BaseError && "parent" in error;
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
