import { Transaction } from "sequelize";
import type { Model } from "sequelize";
import type { Engine } from "../engine.ts";
import type { ObjectState } from "./object-state.ts";
import { SessionFailedError } from "./session-error.ts";
import type { IsolationLevel, SessionOptions } from "./session-options.ts";

/** What objects were before a transaction, or a savepoint, touched them first. */
export type UndoLog = Map<Model, ObjectState>;

/** Runs after the transaction has committed. */
export type CommitCallback = () => unknown;

const { ISOLATION_LEVELS } = Transaction;
const isolationLevels: Record<IsolationLevel, Transaction.ISOLATION_LEVELS> = {
  "READ UNCOMMITTED": ISOLATION_LEVELS.READ_UNCOMMITTED,
  "READ COMMITTED": ISOLATION_LEVELS.READ_COMMITTED,
  "REPEATABLE READ": ISOLATION_LEVELS.REPEATABLE_READ,
  SERIALIZABLE: ISOLATION_LEVELS.SERIALIZABLE,
};

interface Level {
  readonly undo: UndoLog;
  readonly callbacks: CommitCallback[];
  failure: { readonly error: unknown } | undefined;
}

/** The transaction that a session has open, for whoever has to end it without the session. */
export interface OpenTransaction {
  transaction: Transaction | undefined;
}

/** The transaction of a session, begun when it is needed, with its savepoints. */
export class TransactionStack {
  /** Knows neither session nor objects, so that a forgotten session can be found by its absence. */
  readonly open: OpenTransaction = { transaction: undefined };
  readonly #engine: Engine;
  readonly #options: SessionOptions;
  #levels: Level[] = [createLevel()];

  constructor(engine: Engine, options: SessionOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  get transaction(): Transaction | undefined {
    return this.open.transaction;
  }

  /** The number of savepoints. */
  get depth(): number {
    return this.#levels.length - 1;
  }

  /** Begins the transaction if there is none; SessionFailedError after a failed statement. */
  async require(): Promise<Transaction> {
    const { failure } = this.#innermost;
    if (failure !== undefined) throw new SessionFailedError(failure.error);
    this.open.transaction ??= await this.#begin();
    return this.open.transaction;
  }

  /** From now on only a rollback is allowed, to the nearest savepoint at least. */
  fail(error: unknown): void {
    this.#innermost.failure ??= { error };
  }

  /** Keeps what objects were, unless something earlier is known of them. */
  record(states: UndoLog): void {
    const { undo } = this.#innermost;
    for (const [instance, state] of states) {
      if (!undo.has(instance)) undo.set(instance, state);
    }
  }

  afterCommit(callback: CommitCallback): void {
    this.#innermost.callbacks.push(callback);
  }

  async pushSavepoint(): Promise<void> {
    await this.#run(`SAVEPOINT ${savepointName(this.depth + 1)}`);
    this.#levels.push(createLevel());
  }

  async releaseSavepoint(): Promise<void> {
    await this.require();
    await this.#run(`RELEASE SAVEPOINT ${savepointName(this.depth)}`);
    const { undo, callbacks } = this.#pop();
    this.record(undo);
    this.#innermost.callbacks.push(...callbacks);
  }

  /** Returns what to restore; a savepoint that cannot be restored fails the level around it. */
  async rollbackToSavepoint(): Promise<UndoLog> {
    const name = savepointName(this.depth);
    const { undo } = this.#pop();
    try {
      await this.#run(`ROLLBACK TO SAVEPOINT ${name}`);
      await this.#run(`RELEASE SAVEPOINT ${name}`);
    } catch (error) {
      this.fail(error);
    }
    return undo;
  }

  /** Ends the transaction; when COMMIT fails, the error carries on and `undo` tells what to restore. */
  async commit(): Promise<CommitCallback[]> {
    await this.open.transaction?.commit();
    return this.#reset().callbacks;
  }

  /** Ends the transaction, if any, and never fails: a connection that cannot roll back is closed, which does it too. */
  async rollback(): Promise<UndoLog> {
    const { transaction } = this.open;
    const { undo } = this.#reset();
    try {
      await transaction?.rollback();
    } catch (error) {
      this.#engine.logger.debug(
        `Rolling back failed, the connection was closed instead: ${String(error)}`,
      );
    }
    return undo;
  }

  /** Forgets a transaction that has ended by itself. */
  abandon(): UndoLog {
    return this.#reset().undo;
  }

  async #begin(): Promise<Transaction> {
    const { isolationLevel, readOnly } = this.#options;
    const { sequelize, strategy } = this.#engine;
    const transaction = await sequelize.transaction({
      ...(isolationLevel && {
        isolationLevel: isolationLevels[isolationLevel],
      }),
      ...(readOnly && { readOnly, type: Transaction.TYPES.DEFERRED }),
    });
    if (readOnly !== true) return transaction;
    try {
      await sequelize.query(strategy.readOnlyStatement, { transaction });
      return transaction;
    } catch (error) {
      await transaction.rollback().catch(() => undefined);
      throw error;
    }
  }

  async #run(sql: string): Promise<void> {
    const { transaction } = this.open;
    if (transaction === undefined) return;
    await this.#engine.sequelize.query(sql, { transaction });
  }

  get #innermost(): Level {
    return this.#levels.at(-1) ?? this.#reset();
  }

  #pop(): Level {
    const level = this.#innermost;
    this.#levels.pop();
    return level;
  }

  /** Starts afresh; returns all that the levels held, the oldest state of each object. */
  #reset(): Level {
    const all = createLevel();
    for (const { undo, callbacks } of this.#levels) {
      for (const [instance, state] of undo) {
        if (!all.undo.has(instance)) all.undo.set(instance, state);
      }
      all.callbacks.push(...callbacks);
    }
    this.#levels = [createLevel()];
    this.open.transaction = undefined;
    return all;
  }
}

function createLevel(): Level {
  return { undo: new Map(), callbacks: [], failure: undefined };
}

function savepointName(depth: number): string {
  return `session_${depth}`;
}
