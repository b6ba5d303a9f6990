import type { Sequelize, Transaction, TransactionOptions } from "sequelize";
import type { DatabaseConfig } from "./config/database-config.ts";
import type {
  DatabaseConnection,
  DatabaseEngine,
} from "./engines/database-engine.ts";
import type { Logger } from "./logger.ts";
import type { EnginePool } from "./pool/engine-pool.ts";

/** Options of `createEngineFromConfig`. */
export interface EngineOptions {
  /** Where warnings go; the console by default. */
  readonly logger?: Logger;
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
