import {
  QueryTypes,
  type Transaction,
  type TransactionOptions,
} from "sequelize";
import type { Engine } from "../engine.ts";
import type { CommitResolution } from "./commit-resolution.ts";
import { retryOnDbError } from "./retry.ts";
import { settleCommit, type UnitRetryOptions } from "./settled-commit.ts";

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
  const resolution =
    options.exactlyOnce === true ? engine.strategy.commitResolution : undefined;
  return retryOnDbError(
    (attempt) =>
      resolution === undefined
        ? engine.begin(
            (transaction) => work(transaction, attempt),
            options.transaction,
          )
        : settleOnce(
            engine,
            resolution,
            (transaction) => work(transaction, attempt),
            options,
          ),
    options,
  );
}

function settleOnce<T>(
  engine: Engine,
  resolution: CommitResolution,
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionRetryOptions,
): Promise<T> {
  return settleCommit<T>(resolution, options.resolveTimeout ?? 30, (finish) =>
    engine.begin(async (transaction) => {
      const value = await work(transaction);
      const ticket = await resolution.ticket((sql) =>
        engine.sequelize.query(sql, { transaction, type: QueryTypes.SELECT }),
      );
      finish({ value, ticket });
      return value;
    }, options.transaction),
  );
}
