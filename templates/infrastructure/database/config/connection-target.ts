// {{#if postgres}}
import type { ConnectionOptions } from "node:tls";
// {{/if}}
import type { DatabaseType } from "./database-type.ts";
// {{#if sqlite}}

/** A SQLite database, as the URL describes it. */
export interface SqliteTarget {
  readonly scheme: "sqlite";
  /** `:memory:` or an absolute path. */
  readonly file: string;
  /** `ro` reads only, `rw` wants an existing file, `rwc` creates a missing one; `memory` with `:memory:`. */
  readonly mode: "ro" | "rw" | "rwc" | "memory";
  /** PRAGMAs from the URL: names from a list, values checked, safe to splice into SQL. */
  readonly pragmas: Readonly<Record<string, string>>;
}
// {{/if}}
// {{#if postgres}}

/** A PostgreSQL server and database, as the URL and the `DB_SSL_*` settings describe it. */
export interface PostgresTarget {
  readonly scheme: "postgresql";
  /** A host name, an address, or the folder of a Unix socket (starts with `/`). */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Undefined leaves the choice to the driver: the operating system's user. */
  readonly user: string | undefined;
  /** Not enumerable: it appears neither in logs nor in copies. */
  readonly password: string | undefined;
  /** TLS options, a fresh copy for the driver each time; false means no TLS. Not enumerable. */
  readonly ssl: false | ConnectionOptions;
  /** Further startup parameters from the URL, under the driver's names. */
  readonly parameters: PostgresParameters;
}

/** Startup parameters that a URL may carry; timeouts in milliseconds, as PostgreSQL counts. */
export interface PostgresParameters {
  readonly options?: string;
  readonly lock_timeout?: number;
  readonly idle_in_transaction_session_timeout?: number;
}
// {{/if}}

interface Targets {
  // {{#if sqlite}}
  sqlite: SqliteTarget;
  // {{/if}}
  // {{#if postgres}}
  postgresql: PostgresTarget;
  // {{/if}}
}

/** The databases that this project talks to. */
export type SupportedDatabase = keyof Targets & DatabaseType;

/** Where to connect, resolved; which database it is, `scheme` tells. */
export type ConnectionTarget = Targets[SupportedDatabase];

/** The target of one kind of database; throws when the configuration is for another. */
export function targetFor<Scheme extends SupportedDatabase>(
  target: { readonly scheme: DatabaseType },
  scheme: Scheme,
): Targets[Scheme] {
  if (target.scheme !== scheme) {
    throw new TypeError(
      `Expected a configuration for ${scheme}, got one for ${target.scheme}.`,
    );
  }
  return target as Targets[Scheme];
}
