import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import { drainConnections } from "../draining/connection-drainer.ts";
import { DrainingMode } from "../draining/draining-mode.ts";
import type { Engine } from "../engine.ts";
import { PoolClosedError } from "../errors.ts";
import { withEngine } from "./fixtures.ts";

/** A transaction that stays open for a tenth of a second. */
function workInFlight(engine: Engine): Promise<string> {
  return engine.begin(async (transaction) => {
    await engine.sequelize.query("SELECT 1", { transaction });
    await delay(100);
    return "done";
  });
}

test("a graceful drain lets work finish and refuses new work", async () => {
  await withEngine(async (engine) => {
    const working = workInFlight(engine);
    while (engine.pool.checkedOut() === 0) await delay(1);
    const draining = drainConnections(engine);
    assert.equal(engine.ready, false);
    await assert.rejects(engine.sequelize.query("SELECT 1"), PoolClosedError);
    assert.equal(await working, "done");
    const { success, connectionsAtEnd } = await draining;
    assert.deepEqual([success, connectionsAtEnd], [true, 0]);
  });
});

test("a graceful drain says so when its time is up", async () => {
  await withEngine(async (engine) => {
    await engine.sequelize.transaction();
    const result = await drainConnections(engine, {
      timeout: 0.05,
      cancelGrace: 0.05,
    });
    assert.equal(result.success, false);
    assert.equal(result.connectionsAtEnd, 0);
  });
});

test("a forced drain leaves no connection", async () => {
  await withEngine(async (engine) => {
    await engine.sequelize.transaction();
    const result = await drainConnections(engine, {
      mode: DrainingMode.FORCE,
      cancelGrace: 0.05,
    });
    assert.equal(result.connectionsAtEnd, 0);
  });
});

test.run();
