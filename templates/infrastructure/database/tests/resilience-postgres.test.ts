import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import type { Engine } from "../engine.ts";
import { CommitInDoubtError } from "../resilience/commit-in-doubt.ts";
import { RetryConfig } from "../resilience/retry-config.ts";
import { retryTransaction } from "../resilience/transaction-retry.ts";
import { BreakingProxy, type CommitFault } from "./breaking-proxy.ts";
import { testConfig, testUrl, withEngine } from "./fixtures.ts";

const config = new RetryConfig({ maxAttempts: 10, baseDelay: 0.01 });
const faults: readonly CommitFault[] = ["statement lost", "answer lost"];

/** Runs the work on a way that breaks; set TEST_DB_URL to a PostgreSQL database, others have no connection to lose. */
async function onBreakingWay(
  work: (engine: Engine, proxy: BreakingProxy) => Promise<void>,
): Promise<void> {
  if (!testConfig().isPostgres) return;
  const proxy = await BreakingProxy.start(testUrl);
  try {
    await withEngine(
      async (engine) => {
        await engine.sequelize.query("DROP TABLE IF EXISTS kept");
        await engine.sequelize.query("CREATE TABLE kept (id INTEGER)");
        await work(engine, proxy);
        await engine.sequelize.query("DROP TABLE kept");
      },
      { url: proxy.through(testUrl) },
    );
  } finally {
    await proxy.stop();
  }
}

function store(
  engine: Engine,
  id: number,
  exactlyOnce: boolean,
): Promise<unknown> {
  return retryTransaction(
    engine,
    (transaction) =>
      engine.sequelize.query(`INSERT INTO kept VALUES (${id})`, {
        transaction,
      }),
    { config, exactlyOnce },
  );
}

async function storedIds(engine: Engine): Promise<number[]> {
  const [rows] = await engine.sequelize.query("SELECT id FROM kept");
  return (rows as { id: number }[]).map(({ id }) => id).sort((a, b) => a - b);
}

test("a transaction is stored once, whatever became of its COMMIT", async () => {
  await onBreakingWay(async (engine, proxy) => {
    const ids = Array.from({ length: 10 }, (_, id) => id);
    for (const id of ids) {
      proxy.next = faults[id % faults.length];
      await store(engine, id, true);
    }
    assert.deepEqual(await storedIds(engine), ids);
  });
});

test("without exactlyOnce a lost COMMIT is in doubt, and not repeated", async () => {
  await onBreakingWay(async (engine, proxy) => {
    for (const fault of faults) {
      proxy.next = fault;
      await assert.rejects(store(engine, 1, false), CommitInDoubtError);
    }
    assert.deepEqual(await storedIds(engine), [1]);
  });
});

test("connections that break under load lose nothing and double nothing", async () => {
  await onBreakingWay(async (engine, proxy) => {
    const acknowledged: number[] = [];
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < 200) {
        const id = next++;
        await store(engine, id, true);
        acknowledged.push(id);
      }
    };
    const working = Promise.all(Array.from({ length: 10 }, caller));
    // By progress, not by time: each caller meets fewer breaks than it has attempts.
    for (let goal = 20; goal <= 160; goal += 20) {
      while (acknowledged.length < goal) await delay(1);
      proxy.breakAll();
    }
    await working;
    assert.deepEqual(
      await storedIds(engine),
      acknowledged.sort((a, b) => a - b),
    );
    assert.equal(engine.pool.checkedOut(), 0);
  });
});

test.run();
