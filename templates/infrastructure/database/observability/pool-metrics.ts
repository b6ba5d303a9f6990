import type { Engine } from "../engine.ts";
import type {
  Meter,
  MetricAttributes,
  Observable,
  ObservationCallback,
} from "./meter.ts";
import { watchPoolTimeouts } from "./pool-timeouts.ts";

/** Shows the connections of a pool, and who waits for one, until the result is disposed of. */
export function observePool(
  engine: Engine,
  meter: Meter,
  pool: MetricAttributes,
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

/** Counts who waited for a connection in vain. */
export function countPoolTimeouts(
  engine: Engine,
  meter: Meter,
  pool: MetricAttributes,
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
