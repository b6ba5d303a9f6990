import type { Engine } from "../engine.ts";
import type { Meter, MetricAttributes } from "./meter.ts";
import { watchStatements } from "./statements.ts";

/** Seconds; OpenTelemetry's boundaries for the duration of database operations. */
const durationBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** The first words of statements that are counted by name; a closed list keeps the metrics few. */
const operations = [
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
];

/** Measures how long the database works on the statements of an engine. */
export function measureStatements(
  engine: Engine,
  meter: Meter,
  databaseName: string,
): void {
  const durations = meter.createHistogram("db.client.operation.duration", {
    description: "How long the database worked on a statement.",
    unit: "s",
    advice: { explicitBucketBoundaries: durationBounds },
  });
  const attributesOf = (operation: string): MetricAttributes =>
    Object.freeze({
      "db.system.name": engine.strategy.databaseType,
      "db.namespace": databaseName,
      "db.operation.name": operation,
    });
  const other = attributesOf("OTHER");
  const known = new Map(operations.map((name) => [name, attributesOf(name)]));
  watchStatements(engine, ({ sql, duration, error }) => {
    const attributes = known.get(firstWord(sql)) ?? other;
    durations.record(
      duration,
      error === undefined
        ? attributes
        : { ...attributes, "error.type": typeOf(error) },
    );
  });
}

function firstWord(sql: string): string {
  return /^[\s(]*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
}

/** The code of the server or driver, such as 40001 or SQLITE_BUSY, else the class of the error. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return "_OTHER";
  const { code, parent } = error as { code?: unknown; parent?: unknown };
  if (parent instanceof Error && parent !== error) return typeOf(parent);
  return typeof code === "string" ? code : error.name;
}
