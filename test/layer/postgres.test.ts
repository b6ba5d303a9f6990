import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { engineFor, withPostgres } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("Expected a failure, got none.");
}

async function scalar(engine: Engine, sql: string): Promise<unknown> {
  const [row] = await engine.sequelize.query<object>(sql, {
    type: QueryTypes.SELECT,
  });
  return row === undefined ? undefined : Object.values(row)[0];
}

async function running(engine: Engine, pattern: string): Promise<number> {
  return Number(
    await scalar(
      engine,
      `SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '${pattern}%'`,
    ),
  );
}

test("settings are in force on every connection, the URL adds to them", async () => {
  await withPostgres(
    async (engine, url) => {
      assert.is(await scalar(engine, "SHOW jit"), "off");
      assert.is(await scalar(engine, "SHOW TimeZone"), "UTC");
      assert.is(await scalar(engine, "SHOW statement_timeout"), "7s");
      assert.is(await scalar(engine, "SHOW application_name"), "the app");
      const other = engineFor({
        url: `${url}?lock_timeout=1234&options=-c%20work_mem%3D5MB`,
      });
      assert.is(await scalar(other, "SHOW lock_timeout"), "1234ms");
      assert.is(await scalar(other, "SHOW work_mem"), "5MB");
      assert.is(await scalar(other, "SHOW jit"), "off");
      await other.dispose();
    },
    { commandTimeout: 7, applicationName: "the app" },
  );
});

test("behind a transaction pooler no startup parameters are sent", async () => {
  await withPostgres(
    async (engine) => {
      assert.is(await scalar(engine, "SHOW statement_timeout"), "0");
      assert.is(
        await scalar(
          engine,
          "SELECT count(*) FROM pg_settings WHERE source = 'client' AND name NOT IN ('application_name', 'client_encoding')",
        ),
        "0",
      );
    },
    { pooler: "transaction" },
  );
});

test("a statement that takes too long is stopped on the server, and its connection stays", async () => {
  await withPostgres(
    async (engine) => {
      const pid = await scalar(engine, "SELECT pg_backend_pid()");
      const error = await failure(scalar(engine, "SELECT pg_sleep(20)"));
      assert.match(error.message, /statement timeout/);
      assert.is(await scalar(engine, "SELECT pg_backend_pid()"), pid);
    },
    { commandTimeout: 0.3, poolSize: 1, maxOverflow: 0 },
  );
});

test("without the server's timeout, the client stops the statement on the server and goes on", async () => {
  await withPostgres(async (observer, url) => {
    const engine = engineFor({
      url,
      pooler: "transaction",
      commandTimeout: 0.1,
      poolSize: 1,
      maxOverflow: 0,
    });
    const started = performance.now();
    const error = await failure(
      engine.begin(async (transaction) => {
        await engine.sequelize.query("SELECT pg_sleep(21)", { transaction });
      }),
    );
    const took = performance.now() - started;
    assert.match(error.message, /Query read timeout/);
    // One timeout of 2.1 s, and no second one for a ROLLBACK behind it.
    assert.ok(took < 3800, `${took} ms`);
    await delay(200);
    assert.is(await running(observer, "SELECT pg_sleep(21"), 0);
    assert.is(await scalar(engine, "SELECT 1"), 1);
    await engine.dispose();
  });
});

test("a silent network does not hold up who has a command timeout", async () => {
  await withPostgres(async (_, url) => {
    const proxy = await FaultProxy.start(Number(new URL(url).port));
    const engine = engineFor({
      url: proxy.through(url),
      commandTimeout: 0.2,
    });
    await scalar(engine, "SELECT 1");
    const query = failure(scalar(engine, "SELECT pg_sleep(0.1)"));
    await delay(50);
    proxy.blackhole();
    assert.match((await query).message, /Query read timeout/);
    assert.is(await scalar(engine, "SELECT 2"), 2);
    await engine.dispose();
    await proxy.close();
  });
});

test("disposing waits for what runs, then stops it on the server; later calls are refused", async () => {
  await withPostgres(async (observer, url) => {
    const engine = engineFor({ url });
    const short = scalar(engine, "SELECT 1 FROM pg_sleep(0.5)");
    const long = failure(scalar(engine, "SELECT pg_sleep(22)"));
    await delay(200);
    const disposed = engine.dispose();
    assert.is(engine.dispose(), disposed);
    assert.is(engine.ready, false);
    assert.match((await failure(scalar(engine, "SELECT 1"))).message, /closed/);
    assert.is(await short, 1);
    await disposed;
    await long;
    await delay(100);
    assert.is(await running(observer, "SELECT pg_sleep(22"), 0);
    assert.is(engine.pool.status().closed, true);
  });
});

test("a commit of a transaction in which a statement had failed is an error", async () => {
  await withPostgres(async (engine) => {
    await engine.sequelize.query("CREATE TABLE entries (n int)");
    const error = await failure(
      engine.begin(async (transaction) => {
        const query = (sql: string): Promise<unknown> =>
          engine.sequelize.query(sql, { transaction });
        await query("INSERT INTO entries VALUES (1)");
        await query("INSERT INTO nowhere VALUES (1)").catch(() => undefined);
      }),
    );
    assert.match(error.message, /rolled back instead of committed/);
    assert.is(await scalar(engine, "SELECT count(*) FROM entries"), "0");
  });
});

test("a read-only transaction cannot write", async () => {
  await withPostgres(async (engine) => {
    const error = await failure(
      engine.begin(
        (transaction) =>
          engine.sequelize.query("CREATE TABLE entries (n int)", {
            transaction,
          }),
        { readOnly: true },
      ),
    );
    assert.match(error.message, /read-only transaction/);
    await engine.sequelize.query("CREATE TABLE entries (n int)");
  });
});

test("a transaction left open by a raw BEGIN never reaches the next caller", async () => {
  await withPostgres(
    async (engine) => {
      const pid = await scalar(engine, "SELECT pg_backend_pid()");
      await engine.sequelize.query("BEGIN");
      assert.is.not(await scalar(engine, "SELECT pg_backend_pid()"), pid);
    },
    { poolSize: 1, maxOverflow: 0 },
  );
});

test("a program that forgets to dispose of its engine still ends", async () => {
  const database = await createTestDatabase();
  const script = `
    import { engineFor } from "./test/support/engines.ts";
    const engine = engineFor({ url: process.env.URL_UNDER_TEST });
    Promise.all([1, 2, 3].map((n) => engine.sequelize.query("SELECT " + n))).then(() => console.log("done"));
  `;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", script],
    {
      env: { ...process.env, URL_UNDER_TEST: database.url },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  assert.is(output.trim(), "done");
  assert.is(code, 0);
  await database.drop();
});

test.run();
