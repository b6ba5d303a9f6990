import type { Transaction } from "sequelize";
import type { Engine } from "../infrastructure/database/index.ts";

type Work<Result> = (transaction: Transaction) => Promise<Result>;

/** Runs each use case in a transaction of its own. */
export function createUnitOfWork(engine: Engine): {
  read<Result>(work: Work<Result>): Promise<Result>;
  write<Result>(work: Work<Result>): Promise<Result>;
} {
  return {
    read: (work) => engine.begin(work, { readOnly: true }),
    write: (work) => engine.begin(work),
  };
}
