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
  const observed = poolMetrics(engine, meter, pool);
  for (const [metric, callback] of observed) metric.addCallback(callback);
  return {
    [Symbol.dispose]() {
      for (const [metric, callback] of observed)
        metric.removeCallback(callback);
    },
  };
}

type Observed = readonly [Observable, ObservationCallback];

function poolMetrics(
  engine: Engine,
  meter: Meter,
  pool: MetricAttributes,
): readonly Observed[] {
  const upDown = (name: string, unit: string, description: string) =>
    meter.createObservableUpDownCounter(`db.client.connection.${name}`, {
      description,
      unit,
    });
  const shows = (metric: Observable, read: () => number): Observed => [
    metric,
    (result) => {
      result.observe(read(), pool);
    },
  ];
  const count = upDown("count", "{connection}", "Open connections by state.");
  const limit = upDown("limit", "{connection}", "Most connections at a time.");
  const idle = upDown("idle.max", "{connection}", "Most idle connections.");
  const waiting = upDown(
    "pending_requests",
    "{request}",
    "Callers that wait for a connection.",
  );
  const ready = meter.createObservableGauge("database.ready", {
    description: "1 while the engine takes work, 0 from the start of a drain.",
    unit: "1",
  });
  return [
    [
      count,
      (result) => {
        const { checkedOut, checkedIn } = engine.pool.status();
        const state = "db.client.connection.state";
        result.observe(checkedOut, { ...pool, [state]: "used" });
        result.observe(checkedIn, { ...pool, [state]: "idle" });
      },
    ],
    shows(limit, () => {
      const { size, maxOverflow } = engine.pool.status();
      return size + maxOverflow;
    }),
    shows(idle, () => engine.pool.size()),
    shows(waiting, () => engine.pool.waiting()),
    shows(ready, () => (engine.ready ? 1 : 0)),
  ];
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
  timeouts.add(0, pool);
  watchPoolTimeouts(engine, () => {
    timeouts.add(1, pool);
  });
}
