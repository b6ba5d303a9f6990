import { DatabaseErrorClassifier } from "../resilience/classifier.ts";
import { ErrorCategory } from "../resilience/error-category.ts";
import type { RetryOptions } from "../resilience/retry.ts";
import type { Meter } from "./meter.ts";

/** Returns an `onRetry` that counts repetitions by the category of the error. */
export function countRetries(
  meter: Meter,
): NonNullable<RetryOptions["onRetry"]> {
  const retries = meter.createCounter("database.retries", {
    description: "Units of work that were run again.",
    unit: "{retry}",
  });
  const count = (value: number, category: ErrorCategory): void => {
    retries.add(value, { "error.category": category });
  };
  // A counter that starts at its first event hides that event from a rate.
  for (const category of Object.values(ErrorCategory)) count(0, category);
  return (error) => {
    count(1, DatabaseErrorClassifier.classify(error));
  };
}
