import type { Model, Transaction } from "sequelize";
import type { Engine } from "../engine.ts";
import { unwatch, watchForgotten } from "./forgotten-sessions.ts";
import type { SessionOptions } from "./session-options.ts";
import { SessionQueries } from "./session-queries.ts";
import { SessionTransaction } from "./session-transaction.ts";
import type { CommitCallback } from "./transaction-stack.ts";

/**
 * A unit of work on one connection. The first query begins a transaction, reads included, and holds
 * its connection until commit, rollback or close. Calls are queued: `Promise.all` is safe.
 */
export class Session extends SessionQueries implements AsyncDisposable {
  constructor(engine: Engine, options: SessionOptions = {}) {
    super(engine, options);
    watchForgotten(this, this.work.stack.open, engine.logger);
  }

  /** Stores a new object with the next flush, or watches a stored one for changes. */
  add<M extends Model>(instance: M): M {
    this.work.assertOpen();
    this.work.unit.add(instance);
    return instance;
  }

  addAll(instances: Iterable<Model>): void {
    for (const instance of instances) this.add(instance);
  }

  /** Deletes the row with the next flush. */
  delete(instance: Model): void {
    this.work.assertOpen();
    this.work.unit.remove(instance);
  }

  /** Lets go of an object: its changes are not written any more. */
  expunge(instance: Model): void {
    this.work.unit.forget(instance);
  }

  /** Writes what is new, changed or to be deleted, without committing it. */
  flush(): Promise<void> {
    return this.work.flush();
  }

  /** Begins a transaction now; ends with `commit()` or `rollback()` of the session or of what this returns. */
  async begin(): Promise<SessionTransaction> {
    return new SessionTransaction(this, await this.work.begin());
  }

  /** Commits when `work` resolves and rolls back when it rejects. */
  async transaction<T>(work: (session: this) => Promise<T>): Promise<T> {
    const transaction = await this.begin();
    try {
      const result = await work(this);
      await this.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  /** Runs `work` in a savepoint: when it rejects, only what it did is rolled back. */
  beginNested<T>(work: (session: this) => Promise<T>): Promise<T> {
    return this.work.nested(() => work(this));
  }

  /** Writes pending changes and commits; when COMMIT itself fails the session is closed. */
  commit(): Promise<void> {
    return this.work.commit();
  }

  /** Undoes everything since the last commit, in the objects too; those added are new again and forgotten. */
  rollback(): Promise<void> {
    return this.work.rollback();
  }

  /** Rolls back what is not committed and gives the connection back; never rejects. */
  async close(): Promise<void> {
    await this.work.close("close() was called");
    unwatch(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs `callback` after the transaction has committed, and not when it is rolled back; its errors are only logged. */
  afterCommit(callback: CommitCallback): void {
    this.work.assertOpen();
    this.work.stack.afterCommit(callback);
  }

  get inTransaction(): boolean {
    return this.work.stack.transaction !== undefined;
  }

  /** For Sequelize calls of one's own; await them one at a time, or use `run`. */
  get currentTransaction(): Transaction | undefined {
    return this.work.stack.transaction;
  }

  /** Objects to be inserted. */
  get new(): Model[] {
    return this.work.unit.added;
  }

  /** Stored objects with changes to be written; changes inside a JSON value show after `object.changed(name, true)`. */
  get dirty(): Model[] {
    return this.work.unit.changed;
  }

  /** Objects to be deleted. */
  get deleted(): Model[] {
    return this.work.unit.removed;
  }
}
