import type { ConnectionOptions } from "node:tls";
import type {
  PostgresParameters,
  PostgresTarget,
} from "./connection-target.ts";

/** What a PostgresConnection is made of. */
export interface PostgresParts extends Omit<PostgresTarget, "scheme" | "ssl"> {
  readonly tls: ConnectionOptions | undefined;
}

/** A PostgresTarget whose secrets live in private fields, out of reach of logs, copies and JSON. */
export class PostgresConnection implements PostgresTarget {
  readonly scheme = "postgresql";
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | undefined;
  readonly parameters: PostgresParameters;
  readonly #password: string | undefined;
  readonly #tls: ConnectionOptions | undefined;

  constructor(parts: PostgresParts) {
    this.host = parts.host;
    this.port = parts.port;
    this.database = parts.database;
    this.user = parts.user;
    this.parameters = parts.parameters;
    this.#password = parts.password;
    this.#tls = parts.tls;
    Object.freeze(this);
  }

  get password(): string | undefined {
    return this.#password;
  }

  /** A copy, because the driver changes what it gets. */
  get ssl(): false | ConnectionOptions {
    return this.#tls === undefined ? false : { ...this.#tls };
  }
}
