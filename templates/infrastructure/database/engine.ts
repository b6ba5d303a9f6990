import {
  type Options,
  Sequelize,
  type Transaction,
  type TransactionOptions,
} from "sequelize";
import type { DatabaseConfig } from "./config/database-config.ts";
import type {
  DatabaseConnection,
  DatabaseEngine,
} from "./engines/database-engine.ts";
import { getEngineForConfig } from "./engines/index.ts";
import { defaultLogger, type Logger } from "./logger.ts";
import { createPool } from "./pool/create-pool.ts";
import type { EnginePool } from "./pool/engine-pool.ts";
import type { Lanes } from "./pool/lanes.ts";
import { takeOver } from "./pool/sequelize-v6.ts";
// {{#if resilience}}
import { guardCommits } from "./resilience/commit-guard.ts";
// {{/if}}

/** How long `dispose` lets work in flight go on. */
const disposePatienceMs = 5000;

/** Options of `createEngineFromConfig`. */
export interface EngineOptions {
  /** Where warnings go; the console by default. */
  readonly logger?: Logger;
  /** Further options for Sequelize, such as `define` and `hooks`; connections and retries stay the layer's own. */
  readonly sequelize?: Pick<
    Options,
    "benchmark" | "define" | "hooks" | "logging" | "logQueryParameters"
  >;
}

/** One database with its connection pool; the counterpart of SQLAlchemy's Engine. */
export interface Engine extends AsyncDisposable {
  /** The real Sequelize instance. */
  readonly sequelize: Sequelize;
  readonly config: DatabaseConfig;
  /** What differs from database to database. */
  readonly strategy: DatabaseEngine;
  readonly pool: EnginePool;
  readonly logger: Logger;
  /** False as soon as the engine drains or is disposed of. */
  readonly ready: boolean;
  /** Lends a raw connection to `work` and takes it back, whatever happens. */
  connect<T>(work: (connection: DatabaseConnection) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction: commits when it resolves, rolls back when it rejects. */
  begin<T>(
    work: (transaction: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Closes the pool: work in flight may end, for at most five seconds; repeated calls join the first. */
  dispose(): Promise<void>;
  // {{#if draining}}

  /** Turns `ready` off while work still goes on, so that load balancers look elsewhere first. */
  markNotReady(): void;
  // {{/if}}
}

/** Creates an engine; it opens its first connection when the first query needs one. */
export function createEngineFromConfig(
  config: DatabaseConfig,
  options: EngineOptions = {},
): Engine {
  const { logger = defaultLogger } = options;
  const strategy = getEngineForConfig(config);
  const sequelize = new Sequelize({
    logging: config.echo
      ? (sql) => {
          console.log(sql);
        }
      : false,
    ...options.sequelize,
    ...strategy.getEngineKwargs(),
    // Sequelize's own retry stores rows twice and hides what happened.
    retry: { max: 1 },
  });
  // {{#if resilience}}

  guardCommits(sequelize);
  // {{/if}}

  const seam = takeOver(sequelize);
  const pool = createPool(config, strategy, seam, logger);
  const engine = new PooledEngine({
    sequelize,
    config,
    strategy,
    pool,
    logger,
  });
  seam.use({
    acquire: async (lane, brief) =>
      (await pool.acquire(lane, { brief })).native,
    release: (native) => {
      pool.release(native);
    },
    destroy: (native) => pool.destroy(native),
    close: () => engine.dispose(),
  });
  return engine;
}

interface Parts {
  readonly sequelize: Sequelize;
  readonly config: DatabaseConfig;
  readonly strategy: DatabaseEngine;
  readonly pool: Lanes;
  readonly logger: Logger;
}

class PooledEngine implements Engine {
  readonly sequelize: Sequelize;
  readonly config: DatabaseConfig;
  readonly strategy: DatabaseEngine;
  readonly logger: Logger;
  readonly #pool: Lanes;
  #disposed: Promise<void> | undefined;
  #marked = false;

  constructor(parts: Parts) {
    this.sequelize = parts.sequelize;
    this.config = parts.config;
    this.strategy = parts.strategy;
    this.logger = parts.logger;
    this.#pool = parts.pool;
  }

  get pool(): EnginePool {
    return this.#pool;
  }

  get ready(): boolean {
    return !this.#marked && !this.#pool.status().closed;
  }

  async connect<T>(
    work: (connection: DatabaseConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#pool.acquire("write");
    try {
      return await work(connection);
    } finally {
      this.#pool.release(connection.native);
    }
  }

  async begin<T>(
    work: (transaction: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const transaction = await this.sequelize.transaction(options);
    let result: T;
    try {
      if (options.readOnly === true)
        await this.sequelize.query(this.strategy.readOnlyStatement, {
          transaction,
        });
      result = await work(transaction);
    } catch (error) {
      // The error of the work tells more than that of the rollback.
      await transaction.rollback().catch(() => undefined);
      throw error;
    }
    await transaction.commit();
    return result;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #dispose(): Promise<void> {
    this.#pool.close({ waiters: "serve" });
    const patience = AbortSignal.timeout(disposePatienceMs);
    await this.#pool.idle(patience).catch(() => undefined);
    await this.#pool.cancelAll();
    await this.#pool.destroyAll();
    await this.strategy.dispose();
  }
  // {{#if draining}}

  markNotReady(): void {
    this.#marked = true;
  }
  // {{/if}}
}
