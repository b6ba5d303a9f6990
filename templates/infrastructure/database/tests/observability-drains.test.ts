import { strict as assert } from "node:assert";
import { test } from "uvu";
import { drainConnections } from "../draining/connection-drainer.ts";
import { observeDatabase } from "../observability/database-metrics.ts";
import { recordDrains } from "../observability/drain-metrics.ts";
import { PrometheusMeter } from "../observability/prometheus.ts";
import { withEngine } from "./fixtures.ts";

test("a drain that had to cut off work is recorded", async () => {
  await withEngine(async (engine) => {
    const meter = new PrometheusMeter();
    observeDatabase(engine, meter);
    const recordDrain = recordDrains(meter);
    assert.match(meter.text(), /^database_ready\{.*\} 1$/m);
    await engine.sequelize.transaction();
    const options = { timeout: 0.02, cancelGrace: 0.05 };
    recordDrain(await drainConnections(engine, options));
    const text = meter.text();
    assert.match(text, /^database_ready\{.*\} 0$/m);
    assert.match(
      text,
      /^database_drain_duration_seconds_count\{mode="graceful",success="false"\} 1$/m,
    );
    assert.match(text, /^database_drain_cancelled_total 1$/m);
  });
});

test.run();
