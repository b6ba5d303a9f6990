import type { QueryOptions } from "sequelize";
import type { Engine } from "../engine.ts";
import { PoolTimeoutError, reasonOf } from "../errors.ts";

/** A statement that has had its answer. */
export interface EndedStatement {
  /** As it was sent, with the values that Sequelize writes into a text: not for a log. */
  readonly sql: string;
  /** Seconds from having a connection to the answer; waiting for the connection is not in it. */
  readonly duration: number;
  /** Why it failed; undefined when it did not. */
  readonly error: unknown;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

interface Running {
  startedMs?: number;
  duration?: number;
  sql?: string | undefined;
}

/**
 * Calls back for every statement that Sequelize sends, whoever asked for it. It uses Sequelize's hooks and not its `logging`,
 * which stays yours. What goes through `engine.connect` past Sequelize is not seen.
 */
export function watchStatements(
  engine: Engine,
  listener: (statement: EndedStatement) => void,
): void {
  const { sequelize } = engine;
  const mark = Symbol("the running statement");
  const runningOf = (options: QueryOptions): Running =>
    (options as { [mark]?: Running })[mark] ?? {};
  sequelize.addHook("beforeQuery", (options) => {
    runningOf(options).startedMs = performance.now();
  });
  sequelize.addHook("afterQuery", (options, query) => {
    const running = runningOf(options);
    running.duration = (performance.now() - (running.startedMs ?? 0)) / 1000;
    // Sequelize's declarations leave it out.
    running.sql = (query as { sql?: string }).sql;
  });
  const tell = (running: Running, error?: unknown): void => {
    const { sql, duration } = running;
    // Without a connection it was not sent.
    if (sql === undefined || duration === undefined) return;
    try {
      listener({ sql, duration, error });
    } catch (failure) {
      // Who only looks on must not make a statement fail.
      engine.logger.error(`Watching statements failed: ${reasonOf(failure)}.`);
    }
  };
  const query = sequelize.query.bind(sequelize) as Method;
  const watched = async (sql: unknown, options?: object): Promise<unknown> => {
    const running: Running = {};
    try {
      const result = await query(sql, { ...options, [mark]: running });
      tell(running);
      return result;
    } catch (error) {
      tell(running, error);
      throw error;
    }
  };
  sequelize.query = watched as typeof sequelize.query;
}

/** Calls back for each statement or transaction that got no connection within `poolTimeout`. */
export function watchPoolTimeouts(
  { sequelize }: Engine,
  listener: () => void,
): void {
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
