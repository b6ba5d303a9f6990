import type { Engine } from "../engine.ts";
import { getDatabaseInfo } from "../lifecycle/info.ts";
import type { Meter, Observable, ObservationCallback } from "./meter.ts";
import { watchPoolTimeouts, watchStatements } from "./statements.ts";

/** Options of `observeDatabase`. */
export interface DatabaseMetricsOptions {
  /** What tells this pool from others of the process; the name of the database by default. */
  readonly poolName?: string;
}

/** Seconds; OpenTelemetry's boundaries for the duration of database operations. */
const durationBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** The first words of statements that are counted by name; a closed list keeps the metrics few. */
const operations = new Set([
  "ALTER",
  "BEGIN",
  "COMMIT",
  "CREATE",
  "DELETE",
  "DROP",
  "INSERT",
  "MERGE",
  "PRAGMA",
  "RELEASE",
  "ROLLBACK",
  "SAVEPOINT",
  "SELECT",
  "SET",
  "START",
  "UPDATE",
  "WITH",
]);

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
  countTimeouts(engine, meter, pool);
  return observePool(engine, meter, pool);
}

type PoolAttributes = Readonly<
  Record<"db.client.connection.pool.name", string>
>;

function observePool(
  engine: Engine,
  meter: Meter,
  pool: PoolAttributes,
): Disposable {
  const stops: (() => void)[] = [];
  const observe = (metric: Observable, callback: ObservationCallback): void => {
    metric.addCallback(callback);
    stops.push(() => {
      metric.removeCallback(callback);
    });
  };
  const connections = (name: string, description: string): Observable =>
    meter.createObservableUpDownCounter(`db.client.connection.${name}`, {
      description,
      unit: "{connection}",
    });
  observe(connections("count", "Open connections by state."), (result) => {
    const { checkedOut, checkedIn } = engine.pool.status();
    const state = "db.client.connection.state";
    result.observe(checkedOut, { ...pool, [state]: "used" });
    result.observe(checkedIn, { ...pool, [state]: "idle" });
  });
  observe(connections("limit", "Most connections at a time."), (result) => {
    const { size, maxOverflow } = engine.pool.status();
    result.observe(size + maxOverflow, { ...pool });
  });
  observe(connections("idle.max", "Most idle connections."), (result) => {
    result.observe(engine.pool.size(), { ...pool });
  });
  const waiting = meter.createObservableUpDownCounter(
    "db.client.connection.pending_requests",
    { description: "Callers that wait for a connection.", unit: "{request}" },
  );
  observe(waiting, (result) => {
    result.observe(engine.pool.waiting(), { ...pool });
  });
  const ready = meter.createObservableGauge("database.ready", {
    description: "1 while the engine takes work, 0 from the start of a drain.",
    unit: "1",
  });
  observe(ready, (result) => {
    result.observe(engine.ready ? 1 : 0, { ...pool });
  });
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}

function countTimeouts(
  engine: Engine,
  meter: Meter,
  pool: PoolAttributes,
): void {
  const timeouts = meter.createCounter("db.client.connection.timeouts", {
    description: "Callers that got no connection in time.",
    unit: "{timeout}",
  });
  // A counter that starts at its first event hides that event from a rate.
  timeouts.add(0, { ...pool });
  watchPoolTimeouts(engine, () => {
    timeouts.add(1, { ...pool });
  });
}

function measureStatements(
  engine: Engine,
  meter: Meter,
  databaseName: string,
): void {
  const durations = meter.createHistogram("db.client.operation.duration", {
    description: "How long the database worked on a statement.",
    unit: "s",
    advice: { explicitBucketBoundaries: durationBounds },
  });
  const database = {
    "db.system.name": engine.strategy.databaseType,
    "db.namespace": databaseName,
  };
  watchStatements(engine, ({ sql, duration, error }) => {
    durations.record(duration, {
      ...database,
      "db.operation.name": operationOf(sql),
      ...(error !== undefined && { "error.type": typeOf(error) }),
    });
  });
}

function operationOf(sql: string): string {
  const word = /^[\s(]*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
  return operations.has(word) ? word : "OTHER";
}

/** The code of the server or driver, such as 40001 or SQLITE_BUSY, else the class of the error. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return "_OTHER";
  const { code, parent } = error as { code?: unknown; parent?: unknown };
  if (parent instanceof Error && parent !== error) return typeOf(parent);
  return typeof code === "string" ? code : error.name;
}
