import type { DrainResult } from "../draining/drain-options.ts";
import type { Meter } from "./meter.ts";

/** Seconds. */
const durationBounds = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60];

/** Returns a function that takes the result of each drain. */
export function recordDrains(meter: Meter): (result: DrainResult) => void {
  const durations = meter.createHistogram("database.drain.duration", {
    description: "How long drains took, by their outcome.",
    unit: "s",
    advice: { explicitBucketBoundaries: durationBounds },
  });
  const cancelled = meter.createCounter("database.drain.cancelled", {
    description: "Connections whose statement a drain had to cancel.",
    unit: "{connection}",
  });
  cancelled.add(0);
  return (result) => {
    durations.record(result.timeTaken, {
      mode: result.mode,
      success: String(result.success),
    });
    cancelled.add(result.cancelled);
  };
}
