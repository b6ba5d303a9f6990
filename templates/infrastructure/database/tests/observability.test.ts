import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import { observeDatabase } from "../observability/database-metrics.ts";
import { PrometheusMeter } from "../observability/prometheus.ts";
import {
  logSlowStatements,
  type SlowStatement,
} from "../observability/slow-statements.ts";
import { withEngine } from "./fixtures.ts";

/** The value of the first line that begins with the name of the metric and has all of the labels. */
function read(
  meter: PrometheusMeter,
  name: string,
  ...labels: string[]
): number {
  const line = meter
    .text()
    .split("\n")
    .find(
      (each) =>
        each.startsWith(name) && labels.every((label) => each.includes(label)),
    );
  return Number(line?.split(" ").at(-1));
}

test("the gauges of the pool show who works and who waits", async () => {
  await withEngine(
    async (engine) => {
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter, { poolName: "test" });
      const count = "db_client_connection_count";
      const waiting = "db_client_connection_pending_requests";
      const first = await engine.sequelize.transaction();
      const second = engine.sequelize.transaction();
      while (engine.pool.waiting() === 0) await delay(1);
      assert.equal(read(meter, count, 'state="used"', 'name="test"'), 1);
      assert.equal(read(meter, waiting), 1);
      await first.rollback();
      await (await second).rollback();
      assert.equal(read(meter, count, 'state="used"'), 0);
      assert.equal(read(meter, waiting), 0);
    },
    { poolSize: 1, maxOverflow: 0 },
  );
});

test("every statement is counted, and a failed one with its code", async () => {
  await withEngine(async (engine) => {
    const meter = new PrometheusMeter();
    observeDatabase(engine, meter);
    await engine.sequelize.query("SELECT 1");
    await assert.rejects(engine.sequelize.query("SELECT * FROM no_such_table"));
    const count = "db_client_operation_duration_seconds_count";
    assert.equal(read(meter, count, 'operation_name="SELECT"'), 1);
    assert.equal(read(meter, count, "error_type="), 1);
  });
});

test("a caller without a connection is counted as a timeout", async () => {
  await withEngine(
    async (engine) => {
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter);
      assert.equal(read(meter, "db_client_connection_timeouts_total"), 0);
      const holder = await engine.sequelize.transaction();
      await assert.rejects(engine.sequelize.transaction());
      assert.equal(read(meter, "db_client_connection_timeouts_total"), 1);
      await holder.rollback();
    },
    { poolSize: 1, maxOverflow: 0, poolTimeout: 0.05 },
  );
});

test("a slow statement is logged without its values", async () => {
  await withEngine(async (engine) => {
    const slow: SlowStatement[] = [];
    logSlowStatements(engine, {
      threshold: 0,
      log: (statement) => slow.push(statement),
    });
    await engine.sequelize.query("SELECT 'a secret', 42 AS n, $1 AS bound", {
      bind: ["another"],
    });
    assert.equal(slow[0]?.text, "SELECT ?, ? AS n, $1 AS bound");
  });
});

test.run();
