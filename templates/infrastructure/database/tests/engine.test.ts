import { strict as assert } from "node:assert";
import { DataTypes, type ModelStatic, type Model } from "sequelize";
import { test } from "uvu";
import type { Engine } from "../engine.ts";
import { PoolClosedError } from "../errors.ts";
import { checkHealth, healthCheck } from "../lifecycle/health.ts";
import { getDatabaseInfo } from "../lifecycle/info.ts";
import { formatPoolStatus } from "../lifecycle/pool-line.ts";
import { dropAllTables, initDatabase } from "../lifecycle/tables.ts";
import { withEngine } from "./fixtures.ts";

function defineItem({ sequelize }: Engine): ModelStatic<Model> {
  return sequelize.define(
    "Item",
    { label: DataTypes.STRING },
    { tableName: "test_items", timestamps: false },
  );
}

test("initDatabase creates what is missing, also a second time", async () => {
  await withEngine(async (engine) => {
    const item = defineItem(engine);
    await initDatabase(engine);
    await initDatabase(engine);
    await item.create({ label: "one" });
    assert.equal(await item.count(), 1);
    await dropAllTables(engine);
  });
});

test("a transaction that throws leaves nothing behind", async () => {
  await withEngine(async (engine) => {
    const item = defineItem(engine);
    await initDatabase(engine);
    const attempt = engine.begin(async (transaction) => {
      await item.create({ label: "lost" }, { transaction });
      throw new Error("changed my mind");
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal(await item.count(), 0);
    await dropAllTables(engine);
  });
});

test("a healthy database says so, and gives its connection back", async () => {
  await withEngine(async (engine) => {
    assert.equal(await healthCheck(engine), true);
    assert.equal((await checkHealth(engine)).healthy, true);
    assert.equal(engine.pool.checkedOut(), 0);
    assert.match(formatPoolStatus(engine), /^pool: 0 of \d+ in use/);
    assert.equal(getDatabaseInfo(engine).poolCheckedOut, 0);
  });
});

test("an engine that is disposed of refuses work", async () => {
  const closed = await withEngine((engine) => Promise.resolve(engine));
  assert.equal(closed.ready, false);
  assert.equal(await healthCheck(closed), false);
  await assert.rejects(closed.sequelize.query("SELECT 1"), PoolClosedError);
});

test.run();
