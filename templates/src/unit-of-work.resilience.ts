import type { Transaction } from "sequelize";
import {
  type Engine,
  retryTransaction,
} from "../infrastructure/database/index.ts";

type Work<Result> = (transaction: Transaction) => Promise<Result>;

/**
 * Runs each use case in a transaction of its own, and all of it again when the database had a fault that passes by
 * itself. A commit in doubt is settled by asking the server, so nothing is stored twice.
 */
export function createUnitOfWork(engine: Engine): {
  read<Result>(work: Work<Result>): Promise<Result>;
  write<Result>(work: Work<Result>): Promise<Result>;
} {
  const onRetry = (error: unknown): void => {
    console.warn(`Trying again after: ${String(error)}`);
  };
  const reading = { onRetry, transaction: { readOnly: true } };
  const writing = { onRetry, exactlyOnce: true };
  return {
    read: (work) => retryTransaction(engine, work, reading),
    write: (work) => retryTransaction(engine, work, writing),
  };
}
