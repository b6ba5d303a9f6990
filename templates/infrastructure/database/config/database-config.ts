import { inspect } from "node:util";
import type { ConnectionTarget } from "./connection-target.ts";
import { type DatabaseType, databaseTypeOf } from "./database-type.ts";
import { maskUrl } from "./mask.ts";
// {{#if postgres}}
import type { Pooler } from "./postgres-settings.ts";
// {{/if}}
import { resolveConfig } from "./resolve-config.ts";
import type { DatabaseConfigInput } from "./settings.ts";
import type { ConfigSources } from "./sources.ts";

/**
 * The settings of one database, frozen; durations are in seconds. Overrides win over `DB_*`
 * variables, these over `.env`, this over `defaults.ts`; what the URL itself says wins over all.
 * Throws one ConfigurationError that names everything that is wrong. The password shows up
 * nowhere but in `url` and `connection`, which are not enumerable.
 */
export class DatabaseConfig {
  readonly applicationName: string;
  /** Whether every SQL statement is logged. */
  readonly echo: boolean;
  /** Connections kept open, 1–100. */
  readonly poolSize: number;
  /** Connections opened on top under load, 0–100. */
  readonly maxOverflow: number;
  /** Seconds to wait for a connection, connecting included. */
  readonly poolTimeout: number;
  /** Seconds after which a connection is replaced, -1 for never. */
  readonly poolRecycle: number;
  /** Whether a connection is tested before it is handed out. */
  readonly poolPrePing: boolean;
  /** Seconds a connection may have lain idle without being tested. */
  readonly poolPrePingIdle: number;
  /** Seconds to wait for the database to let us in. */
  readonly connectTimeout: number;
  /** Seconds a statement may run, undefined for no limit. */
  readonly commandTimeout: number | undefined;
  /** Seconds after which a connection still in use is reported, undefined for never. */
  readonly leakThreshold: number | undefined;
  // {{#if postgres}}
  /** `transaction` behind PgBouncer in transaction mode: no startup parameters are sent. */
  readonly pooler: Pooler;
  // {{/if}}
  readonly #url: string;
  readonly #connection: ConnectionTarget;

  constructor(overrides: DatabaseConfigInput = {}, sources?: ConfigSources) {
    const { values, connection } = resolveConfig(overrides, sources);
    this.applicationName = values.applicationName;
    this.echo = values.echo;
    this.poolSize = values.poolSize;
    this.maxOverflow = values.maxOverflow;
    this.poolTimeout = values.poolTimeout;
    this.poolRecycle = values.poolRecycle;
    this.poolPrePing = values.poolPrePing;
    this.poolPrePingIdle = values.poolPrePingIdle;
    this.connectTimeout = values.connectTimeout;
    this.commandTimeout = values.commandTimeout;
    this.leakThreshold = values.leakThreshold;
    // {{#if postgres}}
    this.pooler = values.pooler;
    // {{/if}}
    this.#url = values.url;
    this.#connection = connection;
    Object.freeze(this);
  }

  /** The URL as given, password included; for everything shown to people there is `safeUrl`. */
  get url(): string {
    return this.#url;
  }

  /** The URL with its password masked. */
  get safeUrl(): string {
    return maskUrl(this.#url);
  }

  /** Where to connect, resolved from the URL and the settings. */
  get connection(): ConnectionTarget {
    return this.#connection;
  }

  get databaseType(): DatabaseType {
    return databaseTypeOf(this.#url);
  }

  get isSqlite(): boolean {
    return this.databaseType === "sqlite";
  }

  get isPostgres(): boolean {
    return this.databaseType === "postgresql";
  }

  /** Always false: a MySQL URL is recognised and refused. */
  get isMysql(): boolean {
    return this.databaseType === "mysql";
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const own = Object.fromEntries(Object.entries(this));
    return { url: this.safeUrl, databaseType: this.databaseType, ...own };
  }

  toString(): string {
    return `DatabaseConfig(${this.safeUrl})`;
  }

  [inspect.custom](): string {
    return `DatabaseConfig ${inspect(this.toJSON())}`;
  }
}

/** The configuration of this project: `overrides`, then the environment, `.env` and `defaults.ts`. */
export function getDatabaseConfig(
  overrides?: DatabaseConfigInput,
): DatabaseConfig {
  return new DatabaseConfig(overrides);
}
