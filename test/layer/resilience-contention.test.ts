import { test } from "uvu";
import * as assert from "uvu/assert";
import { QueryTypes, Transaction } from "sequelize";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { RetryConfig } from "../../templates/infrastructure/database/resilience/retry-config.ts";
import { retrySession } from "../../templates/infrastructure/database/resilience/session-retry.ts";
import { retryTransaction } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { createSessionFactory } from "../../templates/infrastructure/database/session/session-factory.ts";
import { withPostgres, withSqliteFile } from "../support/engines.ts";
import { stopOwnServer } from "../support/postgres.ts";

console.warn = () => undefined;

test.after(stopOwnServer);

const workers = 20;
const turns = 20;
const persistent = new RetryConfig({
  maxAttempts: 100,
  baseDelay: 0.002,
  maxDelay: 0.1,
});

async function sumOf(engine: Engine): Promise<number> {
  const [row] = await engine.sequelize.query<{ total: string }>(
    "SELECT sum(n) AS total FROM counter",
    { type: QueryTypes.SELECT },
  );
  return Number(row?.total);
}

/** Reads, thinks and writes back: every lost update shows in the sum. */
async function countUp(
  engine: Engine,
  id: number,
  isolationLevel?: Transaction.ISOLATION_LEVELS,
): Promise<number> {
  let attempts = 0;
  await retryTransaction(
    engine,
    async (transaction) => {
      attempts += 1;
      const [row] = await engine.sequelize.query<{ n: number }>(
        `SELECT n FROM counter WHERE id = ${id}`,
        { transaction, type: QueryTypes.SELECT },
      );
      await engine.sequelize.query(
        `UPDATE counter SET n = ${(row?.n ?? 0) + 1} WHERE id = ${id}`,
        { transaction },
      );
    },
    {
      config: persistent,
      ...(isolationLevel && { transaction: { isolationLevel } }),
    },
  );
  return attempts;
}

async function everybody(
  work: (turn: number) => Promise<number>,
): Promise<number> {
  const attempts = await Promise.all(
    Array.from({ length: workers }, async () => {
      let sum = 0;
      for (let turn = 0; turn < turns; turn += 1) sum += await work(turn);
      return sum;
    }),
  );
  return attempts.reduce((sum, each) => sum + each, 0);
}

test("SERIALIZABLE counters by 20 workers - the sum is exact and nobody gives up", () =>
  withPostgres(
    async (engine) => {
      await engine.sequelize.query(
        "CREATE TABLE counter (id int PRIMARY KEY, n int); INSERT INTO counter VALUES (0, 0), (1, 0), (2, 0)",
      );
      const attempts = await everybody((turn) =>
        countUp(engine, turn % 3, Transaction.ISOLATION_LEVELS.SERIALIZABLE),
      );
      assert.is(await sumOf(engine), workers * turns);
      assert.ok(attempts > workers * turns, "there were conflicts");
      console.log(`attempts: ${attempts} for ${workers * turns}`);
      assert.is(engine.pool.checkedOut(), 0);
    },
    { poolSize: 10, maxOverflow: 10 },
  ));

test("updates in opposite order - every deadlock ends well", () =>
  withPostgres(async (engine) => {
    await engine.sequelize.query(
      "SET deadlock_timeout = '10ms'; CREATE TABLE counter (id int PRIMARY KEY, n int); INSERT INTO counter VALUES (0, 0), (1, 0)",
    );
    let attempts = 0;
    const pair = (first: number, second: number): Promise<void> =>
      retryTransaction(
        engine,
        async (transaction) => {
          attempts += 1;
          const query = (sql: string): Promise<unknown> =>
            engine.sequelize.query(sql, { transaction });
          await query("SET LOCAL deadlock_timeout = '10ms'");
          for (const id of [first, second])
            await query(`UPDATE counter SET n = n + 1 WHERE id = ${id}`);
        },
        { config: persistent },
      );
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2 === 0 ? pair(0, 1) : pair(1, 0),
      ),
    );
    assert.is(await sumOf(engine), 120);
    assert.ok(attempts > 60, "there were deadlocks");
  }));

test("sessions - the whole session runs again, with objects of its own", () =>
  withPostgres(async (engine) => {
    await engine.sequelize.query(
      "CREATE TABLE counter (id int PRIMARY KEY, n int); INSERT INTO counter VALUES (0, 0)",
    );
    const sessions = createSessionFactory(engine, {
      isolationLevel: "SERIALIZABLE",
    });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        retrySession(
          sessions,
          async (session) => {
            const result = await session.execute<{ n: number }>(
              "SELECT n FROM counter WHERE id = 0",
            );
            await session.execute("UPDATE counter SET n = $1 WHERE id = 0", [
              result.one().n + 1,
            ]);
          },
          { config: persistent, exactlyOnce: true },
        ),
      ),
    );
    assert.is(await sumOf(engine), 20);
  }));

test("SQLite - 20 workers, one writer at a time, nothing lost", () =>
  withSqliteFile(async (engine) => {
    await engine.sequelize.query(
      "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INT)",
    );
    await engine.sequelize.query("INSERT INTO counter VALUES (0, 0)");
    await everybody(() => countUp(engine, 0));
    assert.is(await sumOf(engine), workers * turns);
  }));

test.run();
