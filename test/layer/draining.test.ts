import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as pg from "pg";
import { QueryTypes } from "sequelize";
import {
  ConnectionDrainer,
  drainConnections,
} from "../../templates/infrastructure/database/draining/connection-drainer.ts";
import type { DrainOptions } from "../../templates/infrastructure/database/draining/drain-options.ts";
import { DrainingMode } from "../../templates/infrastructure/database/draining/draining-mode.ts";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { PoolClosedError } from "../../templates/infrastructure/database/errors.ts";
import { engineFor, withPostgres, withSqliteFile } from "../support/engines.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { stopOwnServer } from "../support/postgres.ts";

console.warn = () => undefined;

test.after(stopOwnServer);

const small = { poolSize: 2, maxOverflow: 0, applicationName: "drained" };

type Settled = PromiseSettledResult<unknown>;

/** Two connections busy for `seconds`, two callers waiting. */
async function load(
  engine: Engine,
  seconds: number,
): Promise<{ busy: Promise<Settled[]>; waiting: Promise<Settled[]> }> {
  const sleep = (time: number): Promise<unknown> =>
    engine.sequelize.query(`SELECT pg_sleep(${time})`);
  const busy = Promise.allSettled([sleep(seconds), sleep(seconds)]);
  while (engine.pool.checkedOut() < 2) await delay(5);
  const waiting = Promise.allSettled([sleep(0), sleep(0)]);
  while (engine.pool.waiting() < 2) await delay(5);
  // Handed out is not yet sent.
  await delay(50);
  return { busy, waiting };
}

function kinds(settled: readonly Settled[]): string[] {
  return settled.map((each) =>
    each.status === "fulfilled"
      ? "done"
      : each.reason instanceof PoolClosedError
        ? "refused"
        : "cut",
  );
}

/** Every backend of the engine, asked for on another connection; waits a moment for those that are just ending. */
async function backends(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let left = -1;
  for (let round = 0; round < 40 && left !== 0; round += 1) {
    if (round > 0) await delay(25);
    const { rows } = await client.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'drained' AND datname = current_database()",
    );
    left = rows[0]?.n ?? -1;
  }
  await client.end();
  return left;
}

async function refuses(engine: Engine): Promise<void> {
  const error: unknown = await engine.sequelize
    .query("SELECT 1")
    .catch((thrown: unknown) => thrown);
  assert.instance(error, PoolClosedError);
  assert.not(engine.ready);
}

test("GRACEFUL - the waiting are served, the busy finish, new callers are refused at once", () =>
  withPostgres(async (engine, url) => {
    const { busy, waiting } = await load(engine, 0.5);
    const draining = drainConnections(engine);
    await refuses(engine);
    const result = await draining;
    assert.equal(kinds(await busy), ["done", "done"]);
    assert.equal(kinds(await waiting), ["done", "done"]);
    assert.is(result.success, true);
    assert.is(result.cancelled, 0);
    assert.is(result.connectionsAtStart, 2);
    assert.is(result.connectionsAtEnd, 0);
    assert.is(result.reason, undefined);
    assert.ok(result.timeTaken < result.timeout);
    assert.is(await backends(url), 0);
  }, small));

test("GRACEFUL - at the deadline the server is told to stop, and it is said so", () =>
  withPostgres(async (engine, url) => {
    const { busy, waiting } = await load(engine, 60);
    const result = await drainConnections(engine, { timeout: 0.3 });
    assert.equal(kinds(await busy), ["cut", "cut"]);
    assert.equal(kinds(await waiting), ["refused", "refused"]);
    assert.is(result.success, false);
    assert.is(result.cancelled, 2);
    assert.is(result.connectionsAtEnd, 0);
    assert.match(
      result.reason ?? "",
      "After 0.3 s 2 connections were still in use and 2 callers waiting",
    );
    assert.is(await backends(url), 0);
  }, small));

test("IMMEDIATE - the waiting are refused, the busy finish and are closed on return", () =>
  withPostgres(async (engine, url) => {
    const { busy, waiting } = await load(engine, 0.5);
    const result = await drainConnections(engine, {
      mode: DrainingMode.IMMEDIATE,
    });
    assert.is(result.success, true);
    assert.is(result.connectionsAtEnd, 2);
    assert.equal(kinds(await waiting), ["refused", "refused"]);
    await refuses(engine);
    assert.equal(kinds(await busy), ["done", "done"]);
    assert.is(await backends(url), 0);
    assert.is(engine.pool.checkedIn() + engine.pool.checkedOut(), 0);
  }, small));

test("FORCE - running statements end on the server, nothing is left", () =>
  withPostgres(async (engine, url) => {
    const { busy, waiting } = await load(engine, 60);
    const result = await drainConnections(engine, { mode: DrainingMode.FORCE });
    assert.equal(kinds(await busy), ["cut", "cut"]);
    assert.equal(kinds(await waiting), ["refused", "refused"]);
    assert.is(result.success, true);
    assert.is(result.cancelled, 2);
    assert.is(result.connectionsAtEnd, 0);
    await refuses(engine);
    assert.is(await backends(url), 0);
  }, small));

test("FORCE - work that goes on with its next statement, and transactions left open, end too", () =>
  withPostgres(async (engine, url) => {
    const stubborn = engine.connect(async (connection) => {
      for (;;)
        try {
          await connection.query("SELECT pg_sleep(30)");
        } catch (error) {
          if ((error as { code?: unknown }).code !== "57014") return error;
        }
    });
    const forgotten = await engine.sequelize.transaction();
    await delay(100);
    const result = await drainConnections(engine, {
      mode: DrainingMode.FORCE,
      cancelGrace: 0.3,
    });
    assert.is(result.success, true);
    assert.is(result.connectionsAtEnd, 0);
    assert.is(await backends(url), 0);
    assert.instance(await stubborn, Error);
    await forgotten.rollback().catch(() => undefined);
  }, small));

test("FORCE - a server that hangs does not hold it up", async () => {
  const server = await PostgresServer.start();
  const engine = engineFor({ url: server.url(), ...small, connectTimeout: 2 });
  const { busy } = await load(engine, 60);
  server.signalAll("SIGSTOP");
  try {
    const result = await drainConnections(engine, {
      mode: DrainingMode.FORCE,
      cancelGrace: 0.3,
    });
    assert.is(result.connectionsAtEnd, 0);
    assert.ok(result.timeTaken < 10, String(result.timeTaken));
    assert.equal(kinds(await busy), ["cut", "cut"]);
  } finally {
    server.signalAll("SIGCONT");
    await engine.dispose();
    await server.remove();
  }
});

test("a connection that is never returned - does not hold up any mode", () =>
  withPostgres(async (engine, url) => {
    await engine.sequelize.transaction();
    const result = await drainConnections(engine, {
      timeout: 0.2,
      cancelGrace: 0.1,
    });
    assert.is(result.success, false);
    assert.is(result.connectionsAtEnd, 0);
    assert.is(await backends(url), 0);
  }, small));

test("a second drain joins the first; an idle or unused engine drains at once", () =>
  withPostgres(async (engine) => {
    const drainer = new ConnectionDrainer(engine);
    await engine.sequelize.query("SELECT 1");
    const first = drainer.drain();
    assert.is(drainer.drain(), first);
    const result = await first;
    assert.equal(
      [result.success, result.connectionsAtStart, result.connectionsAtEnd],
      [true, 1, 0],
    );
    assert.is((await drainConnections(engine)).success, true);
    await engine.dispose();
    assert.is((await drainConnections(engine)).success, true);
  }));

const modes = Object.values(DrainingMode);

for (const mode of modes)
  test(`${mode} under load - what was acknowledged is stored, what was refused is not`, () =>
    withPostgres(async (engine, url) => {
      await engine.sequelize.query("CREATE TABLE kept (id int)");
      const acknowledged = new Set<number>();
      const refused = new Set<number>();
      let next = 0;
      const work = async (): Promise<void> => {
        for (;;) {
          const id = (next += 1);
          try {
            await engine.begin(async (transaction) => {
              await engine.sequelize.query(`INSERT INTO kept VALUES (${id})`, {
                transaction,
              });
              await engine.sequelize.query("SELECT pg_sleep(0.01)", {
                transaction,
              });
            });
            acknowledged.add(id);
          } catch (error) {
            if (error instanceof PoolClosedError) refused.add(id);
            return;
          }
        }
      };
      const workers = Array.from({ length: 20 }, work);
      await delay(200);
      await drainConnections(engine, { mode });
      await Promise.all(workers);
      const stored = await storedIds(url);
      for (const id of acknowledged) assert.ok(stored.has(id), `lost ${id}`);
      for (const id of refused) assert.not(stored.has(id), `refused ${id}`);
      assert.ok(acknowledged.size > 0);
      assert.is(await backends(url), 0);
    }, small));

async function storedIds(url: string): Promise<Set<number>> {
  const other = engineFor({ url });
  const rows = await other.sequelize.query<{ id: number }>(
    "SELECT id FROM kept",
    { type: QueryTypes.SELECT },
  );
  await other.dispose();
  const found = rows.map(({ id }) => id);
  assert.is(new Set(found).size, found.length, "no row twice");
  return new Set(found);
}

test("SQLite - GRACEFUL lets the writer finish, FORCE interrupts a long query", async () => {
  await withSqliteFile(async (engine) => {
    await engine.sequelize.query("CREATE TABLE a (b)");
    const writing = engine.begin(async (transaction) => {
      await engine.sequelize.query("INSERT INTO a VALUES (1)", { transaction });
      await delay(100);
    });
    await delay(30);
    const result = await drainConnections(engine);
    assert.is(result.success, true);
    await writing;
    await refuses(engine);
  });
  await withSqliteFile(async (engine) => {
    const endless = engine.sequelize
      .query(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
      )
      .catch((thrown: unknown) => thrown);
    while (engine.pool.checkedOut() < 1) await delay(5);
    await delay(50);
    const result = await drainConnections(engine, { mode: DrainingMode.FORCE });
    assert.is(result.success, true);
    assert.is(result.connectionsAtEnd, 0);
    assert.instance(await endless, Error);
  });
});

test("options - wrong ones are named", () =>
  withPostgres((engine) => {
    const wrong: readonly (readonly [DrainOptions, RegExp])[] = [
      [{ timeout: -1 }, /timeout: expected seconds from 0 to 86400, got -1/],
      [{ cancelGrace: Number.NaN }, /cancelGrace: expected/],
      [
        { mode: "gentle" as DrainingMode },
        /mode: expected graceful, immediate, force, got gentle/,
      ],
    ];
    for (const [options, message] of wrong)
      assert.throws(() => new ConnectionDrainer(engine, options), message);
    return Promise.resolve();
  }));

test.run();
