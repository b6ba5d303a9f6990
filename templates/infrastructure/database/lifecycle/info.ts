import type { ConnectionTarget } from "../config/connection-target.ts";
import type { Engine } from "../engine.ts";

/** What an operator may see of a database: no password, nothing that needs the server. */
export interface DatabaseInfo {
  /** The URL with its password masked. */
  readonly url: string;
  /** The npm package that talks to the database. */
  readonly driver: string;
  readonly databaseType: string;
  /** The name on the server, or the file of a SQLite database. */
  readonly databaseName: string;
  readonly poolSize: number;
  readonly poolMaxOverflow: number;
  readonly poolCheckedOut: number;
  readonly poolCheckedIn: number;
  readonly poolOverflow: number;
  readonly poolWaiting: number;
}

/** Describes the engine as it is now, for logs and status pages. */
export function getDatabaseInfo(engine: Engine): DatabaseInfo {
  const pool = engine.pool.status();
  return {
    url: engine.config.safeUrl,
    driver: engine.strategy.driver,
    databaseType: engine.strategy.databaseType,
    databaseName: nameOf(engine.config.connection),
    poolSize: pool.size,
    poolMaxOverflow: pool.maxOverflow,
    poolCheckedOut: pool.checkedOut,
    poolCheckedIn: pool.checkedIn,
    poolOverflow: pool.overflow,
    poolWaiting: pool.waiting,
  };
}

function nameOf(target: ConnectionTarget): string {
  const { file, database }: { file?: string; database?: string } = target;
  return file ?? database ?? "";
}
