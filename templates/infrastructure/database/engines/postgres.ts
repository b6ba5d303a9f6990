import * as pg from "pg";
import type { Options } from "sequelize";
import { type PostgresTarget, targetFor } from "../config/connection-target.ts";
import type { DatabaseConfig } from "../config/database-config.ts";
import type {
  DatabaseConnection,
  DatabaseEngine,
  OpenRequest,
  PoolKwargs,
} from "./database-engine.ts";
// {{#if migrations}}
import type { MigrationLock, MigrationLockRequest } from "./migration-lock.ts";
// {{/if}}
import { partsOf, watchedDriver } from "./postgres-client.ts";
// {{#if resilience}}
import { PostgresCommitResolution } from "./postgres-commit-resolution.ts";
// {{/if}}
import { PostgresConnection } from "./postgres-connection.ts";
import { healsByWaiting } from "./postgres-errors.ts";
// {{#if migrations}}
import { withPostgresMigrationLock } from "./postgres-migration-lock.ts";
// {{/if}}
// {{#if sessions}}
import { postgresSessionSupport } from "./postgres-session-support.ts";
// {{/if}}

/** The client gives up this much later than the server, whose own timeout leaves the connection good. */
const clientGraceMs = 2000;

/** Options that Sequelize's declarations leave out. */
interface PostgresOptions {
  readonly keepDefaultTimezone: boolean;
  readonly databaseVersion: string;
}

/** PostgreSQL through pg: pooled connections, timeouts on both sides, JSONB. */
export class PostgreSQLEngine implements DatabaseEngine {
  readonly databaseType = "postgresql";
  readonly driver = "pg";
  readonly supportsPool = true;
  readonly jsonColumnType = "JSONB";
  readonly lanes: DatabaseEngine["lanes"];
  readonly timeoutHint =
    "Raise DB_POOL_SIZE or DB_MAX_OVERFLOW, look for slow queries and long transactions, or for connections that are never returned: a query without its `transaction` option inside a transaction needs a second connection.";
  readonly readOnlyStatement = "SET TRANSACTION READ ONLY";
  readonly #config: DatabaseConfig;
  readonly #target: PostgresTarget;
  readonly #driver = watchedDriver();

  constructor(config: DatabaseConfig) {
    this.#config = config;
    this.#target = targetFor(config.connection, "postgresql");
    this.lanes = {
      write: { size: config.poolSize, maxOverflow: config.maxOverflow },
    };
  }

  /** pg's settings, in milliseconds; behind a transaction pooler no startup parameters, which it refuses. */
  getConnectArgs(): Readonly<Record<string, unknown>> {
    const { connectTimeout, commandTimeout, applicationName } = this.#config;
    const commandMs =
      commandTimeout === undefined ? undefined : commandTimeout * 1000;
    return {
      connectionTimeoutMillis: connectTimeout * 1000,
      application_name: applicationName,
      keepAlive: true,
      ssl: this.#target.ssl,
      ...(commandMs !== undefined && {
        query_timeout: commandMs + clientGraceMs,
      }),
      ...(this.#config.pooler === "none" && this.#startupParameters(commandMs)),
    };
  }

  getPoolKwargs(): PoolKwargs {
    const { poolSize, maxOverflow, poolTimeout, poolRecycle, poolPrePing } =
      this.#config;
    return { poolSize, maxOverflow, poolTimeout, poolRecycle, poolPrePing };
  }

  getEngineKwargs(): Options {
    const { host, port, database, user, password } = this.#target;
    const options: Options & PostgresOptions = {
      dialect: "postgres",
      dialectModule: this.#driver.module,
      host,
      port,
      database,
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password }),
      // The time zone and message level are startup parameters here, not statements after each connect.
      keepDefaultTimezone: true,
      dialectOptions: {
        ...this.getConnectArgs(),
        clientMinMessages: "ignore",
      },
      // Only switches on what every supported server can do; the real version needs a connection.
      databaseVersion: "12.0.0",
    };
    return options;
  }

  async open({ native, signal }: OpenRequest): Promise<DatabaseConnection> {
    const connecting = native();
    // Sequelize makes the client before it first waits.
    const client = this.#driver.takeLatest();
    if (client === undefined)
      throw new TypeError("Sequelize has not made a pg client to connect.");
    return this.#established(client, connecting, signal);
  }

  heals(error: unknown): boolean {
    return healsByWaiting(error);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  // {{#if sessions}}

  readonly sessionSupport = postgresSessionSupport;
  // {{/if}}
  // {{#if resilience}}

  readonly commitResolution = new PostgresCommitResolution(() =>
    this.openDedicated(),
  );
  // {{/if}}
  // {{#if migrations}}

  readonly tableRebuild = undefined;

  withMigrationLock<T>(
    request: MigrationLockRequest,
    work: (lock: MigrationLock) => Promise<T>,
  ): Promise<T> {
    return withPostgresMigrationLock(() => this.openDedicated(), request, work);
  }
  // {{/if}}

  /** A connection of its own outside the pool; close it yourself. */
  async openDedicated(): Promise<DatabaseConnection> {
    const { host, port, database, user, password } = this.#target;
    const client = new pg.Client({
      ...this.getConnectArgs(),
      host,
      port,
      database,
      user,
      password,
    });
    client.on("error", () => undefined);
    const { signal } = new AbortController();
    return this.#established(client, client.connect(), signal);
  }

  /** `connectTimeout` covers all of it: TCP, TLS, authentication and Sequelize's own first queries. */
  async #established(
    client: pg.Client,
    connecting: Promise<unknown>,
    signal: AbortSignal,
  ): Promise<DatabaseConnection> {
    const end = (reason: string): void => {
      // TLS puts another stream in the place of the first.
      partsOf(client).connection.stream.destroy(new Error(reason));
    };
    const abort = (): void => {
      end("Connection terminated");
    };
    const timer = setTimeout(() => {
      end("timeout expired");
    }, this.#config.connectTimeout * 1000);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await connecting;
      return new PostgresConnection(client, this.#target);
    } catch (error) {
      partsOf(client).connection.stream.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  }

  /** `jit` off: compiling costs more than it saves in short transactions. Later options win. */
  #startupParameters(commandMs: number | undefined): Record<string, unknown> {
    const { options, ...others } = this.#target.parameters;
    const own = "-c jit=off -c timezone=UTC -c client_min_messages=warning";
    return {
      ...others,
      options: options === undefined ? own : `${own} ${options}`,
      ...(commandMs !== undefined && { statement_timeout: commandMs }),
    };
  }
}
