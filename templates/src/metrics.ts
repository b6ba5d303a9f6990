import {
  type Engine,
  logSlowStatements,
  observeDatabase,
  PrometheusMeter,
} from "../infrastructure/database/index.ts";

/** What `GET /metrics` answers, which only Prometheus should reach; slow statements are logged besides. */
export function createMetrics(engine: Engine): PrometheusMeter {
  const meter = new PrometheusMeter();
  observeDatabase(engine, meter);
  logSlowStatements(engine);
  return meter;
}
