import { strict as assert } from "node:assert";
import { test } from "uvu";
import { PrometheusMeter } from "../observability/prometheus.ts";
import { countRetries } from "../observability/retry-metrics.ts";
import { RetryConfig } from "../resilience/retry-config.ts";
import { retryOnDbError } from "../resilience/retry.ts";

test("retries are counted by what made them necessary", async () => {
  const meter = new PrometheusMeter();
  const lost = Object.assign(new Error("read ECONNRESET"), {
    code: "ECONNRESET",
  });
  await retryOnDbError(
    (attempt) => (attempt < 3 ? Promise.reject(lost) : Promise.resolve()),
    {
      config: new RetryConfig({ baseDelay: 0.001 }),
      onRetry: countRetries(meter),
    },
  );
  const text = meter.text();
  assert.match(
    text,
    /^database_retries_total\{error_category="connection"\} 2$/m,
  );
  assert.match(
    text,
    /^database_retries_total\{error_category="transient"\} 0$/m,
  );
});

test.run();
