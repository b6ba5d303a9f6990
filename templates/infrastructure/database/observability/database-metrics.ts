import type { Engine } from "../engine.ts";
import { getDatabaseInfo } from "../lifecycle/info.ts";
import type { Meter } from "./meter.ts";
import { countPoolTimeouts, observePool } from "./pool-metrics.ts";
import { measureStatements } from "./statement-metrics.ts";

/** Options of `observeDatabase`. */
export interface DatabaseMetricsOptions {
  /** What tells this pool from others of the process; the name of the database by default. */
  readonly poolName?: string;
}

/**
 * Measures the pool and the statements of an engine, by the names of OpenTelemetry's conventions for database clients.
 * Dispose of the result before the engine is replaced by another one under the same meter.
 */
export function observeDatabase(
  engine: Engine,
  meter: Meter,
  options: DatabaseMetricsOptions = {},
): Disposable {
  const { databaseName } = getDatabaseInfo(engine);
  const pool = {
    "db.client.connection.pool.name": options.poolName ?? databaseName,
  };
  measureStatements(engine, meter, databaseName);
  countPoolTimeouts(engine, meter, pool);
  return observePool(engine, meter, pool);
}
