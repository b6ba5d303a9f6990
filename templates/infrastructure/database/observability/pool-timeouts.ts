import type { Engine } from "../engine.ts";
import { PoolTimeoutError } from "../errors.ts";

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Calls back for each statement or transaction that got no connection within `poolTimeout`. */
export function watchPoolTimeouts(
  { sequelize }: Engine,
  listener: () => void,
): void {
  // A transaction's own first statement fails with the error that the transaction then fails with.
  const counted = new WeakSet<object>();
  const watched =
    (method: Method): Method =>
    async (...args) => {
      try {
        return await method(...args);
      } catch (error) {
        if (error instanceof PoolTimeoutError && !counted.has(error)) {
          counted.add(error);
          listener();
        }
        throw error;
      }
    };
  Object.assign(sequelize, {
    query: watched(sequelize.query.bind(sequelize) as Method),
    transaction: watched(sequelize.transaction.bind(sequelize) as Method),
  });
}
