import {
  QueryTypes,
  type Transaction,
  type TransactionOptions,
} from "sequelize";
import type { Engine } from "../engine.ts";
import { retryOnDbError } from "./retry.ts";
import { settleOnCommit, type UnitRetryOptions } from "./settled-commit.ts";

/** Options of `retryTransaction`. */
export interface TransactionRetryOptions extends UnitRetryOptions {
  /** Isolation level and the like, as for `engine.begin`. */
  readonly transaction?: TransactionOptions;
}

/** The work of one attempt; whatever it decides must come from what it reads in this transaction. */
export type TransactionWork<T> = (
  transaction: Transaction,
  attempt: number,
) => Promise<T>;

/**
 * Runs `work` in a transaction of its own and all of it again, in a new one, while it fails with an error that passes by
 * itself. A commit in doubt rejects with CommitInDoubtError, or is settled by the server when `exactlyOnce` is on.
 */
export function retryTransaction<T>(
  engine: Engine,
  work: TransactionWork<T>,
  options: TransactionRetryOptions = {},
): Promise<T> {
  const { sequelize, strategy } = engine;
  const resolution =
    options.exactlyOnce === true ? strategy.commitResolution : undefined;
  const attemptOnce = (attempt: number): Promise<T> =>
    engine.begin(async (transaction) => {
      const value = await work(transaction, attempt);
      if (resolution !== undefined)
        await settleOnCommit(
          transaction,
          resolution,
          (sql) =>
            sequelize.query(sql, { transaction, type: QueryTypes.SELECT }),
          options.resolveTimeout,
        );
      return value;
    }, options.transaction);
  return retryOnDbError(attemptOnce, options);
}
