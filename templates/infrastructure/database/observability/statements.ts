import type { Sequelize } from "sequelize";
import type { Engine } from "../engine.ts";
import { reasonOf } from "../errors.ts";
import type { Logger } from "../logger.ts";

/** A statement that has had its answer. */
export interface EndedStatement {
  /** With the values that Sequelize writes into a text: not for a log. */
  readonly sql: string;
  /** Seconds from having a connection to the answer; waiting for the connection is not in it. */
  readonly duration: number;
  /** Why it failed; undefined when it did not. */
  readonly error: unknown;
}

type Listener = (statement: EndedStatement) => void;

/** Sequelize's documentation has this method, its declarations call it private. */
interface Query {
  run: (sql: string, parameters?: unknown) => Promise<unknown>;
}

/** All that watch a Sequelize share one hook: each of them would cost every statement. */
const listenersOf = new WeakMap<Sequelize, Listener[]>();

/**
 * Calls back for every statement that Sequelize sends, whoever asked for it. It uses a hook of Sequelize and not its
 * `logging`, which stays yours. What goes through `engine.connect` past Sequelize is not seen.
 */
export function watchStatements(
  { sequelize, logger }: Engine,
  listener: Listener,
): void {
  const listeners = listenersOf.get(sequelize) ?? [];
  listeners.push(listener);
  if (listenersOf.has(sequelize)) return;
  listenersOf.set(sequelize, listeners);
  sequelize.addHook("beforeQuery", (_options, query) => {
    watchQuery(query as unknown as Query, listeners, logger);
  });
}

function watchQuery(
  query: Query,
  listeners: readonly Listener[],
  logger: Logger,
): void {
  const { run } = query;
  query.run = async (sql, parameters) => {
    const startedMs = performance.now();
    let error: unknown;
    try {
      return await run.call(query, sql, parameters);
    } catch (failure) {
      error = failure;
      throw failure;
    } finally {
      const duration = (performance.now() - startedMs) / 1000;
      const statement = { sql, duration, error };
      for (const listener of listeners) notify(listener, statement, logger);
    }
  };
}

/** Who only looks on must not make a statement fail. */
function notify(
  listener: Listener,
  statement: EndedStatement,
  logger: Logger,
): void {
  try {
    listener(statement);
  } catch (error) {
    logger.error(`Watching statements failed: ${reasonOf(error)}.`);
  }
}
