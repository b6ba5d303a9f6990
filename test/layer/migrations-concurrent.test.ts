import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as pg from "pg";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMigrator } from "../../templates/infrastructure/database/migrations/migrator.ts";
import {
  createTable,
  databases,
  type MigrationBench,
  type Running,
  start,
  steps,
  withBench,
} from "../support/migrations.ts";
import { stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

const startChild = (bench: MigrationBench, env?: NodeJS.ProcessEnv): Running =>
  start(
    join(import.meta.dirname, "migrate-child.ts"),
    [bench.url, bench.folder],
    env === undefined ? {} : { env },
  );

const slowly = `await new Promise((resolve) => setTimeout(resolve, 30));`;
const optOut = "export const transaction = false;";

for (const database of databases) {
  test(`${database}: four processes apply each migration exactly once`, () =>
    withBench(database, async (bench) => {
      const names = Array.from({ length: 12 }, (_, index) => `${index + 2}-m`);
      bench.write({
        "1-runs": steps(`await sql("CREATE TABLE runs (name VARCHAR(20))");`),
        ...Object.fromEntries(
          names.map((name, index) => [
            name,
            steps(
              `await sql("INSERT INTO runs VALUES ($1)", ["${name}"]); ${slowly}`,
              "",
              index % 4 === 3 ? optOut : "",
            ),
          ]),
        ),
      });
      const ended = await Promise.all(
        [1, 2, 3, 4].map(() => startChild(bench).ended),
      );
      const failed = ended.filter(({ code }) => code !== 0);
      assert.equal(failed, []);
      const applied = ended.flatMap(({ out }) => JSON.parse(out) as string[]);
      assert.equal(applied.sort(), ["1-runs", ...names].sort());
      const runs = await bench.rows("SELECT name FROM runs");
      assert.equal(runs.map((row) => row.name).sort(), [...names].sort());
      const recorded = await bench.rows("SELECT name FROM schema_migrations");
      assert.is(recorded.length, 13);
    }));

  test(`${database}: a process killed in the middle leaves nothing, and the next goes on`, () =>
    withBench(database, async (bench) => {
      bench.write({
        "1-a": createTable("a"),
        "2-b": steps(`
          await queryInterface.createTable("half", { id: { type: DataTypes.INTEGER, primaryKey: true } });
          await sql("INSERT INTO a (text) VALUES ('from the dead')");
          console.log("in the middle");
          if (process.env.WAIT === "1") await new Promise((resolve) => setTimeout(resolve, 60_000));`),
        "3-c": createTable("c"),
      });
      const dying = startChild(bench, { WAIT: "1" });
      await dying.printed("in the middle");
      dying.child.kill("SIGKILL");
      await dying.ended;
      const next = await startChild(bench).ended;
      assert.is(next.code, 0, next.error);
      assert.match(next.out, `["2-b","3-c"]`);
      assert.equal(await bench.tables(), ["a", "c", "half"]);
      const rows = await bench.rows("SELECT text FROM a");
      assert.equal(rows, [{ text: "from the dead" }]);
    }));

  test(`${database}: who waits longer than lockTimeout says so`, () =>
    withBench(database, async (bench) => {
      bench.write({
        "1-a": steps(
          `await sql("CREATE TABLE a (id INTEGER)"); await globalThis.migrationMayEnd;`,
        ),
      });
      let letEnd = (): void => undefined;
      const mayEnd = new Promise<void>((resolve) => {
        letEnd = resolve;
      });
      Object.assign(globalThis, { migrationMayEnd: mayEnd });
      const { folder } = bench;
      const first = createMigrator(bench.engine(), { folder }).up();
      await delay(500);
      const hurried = createMigrator(bench.engine(), {
        folder,
        lockTimeout: 0.3,
      });
      await hurried.up().then(
        () => {
          assert.unreachable();
        },
        (error: unknown) => {
          assert.ok(error instanceof Error);
          assert.match(
            error.message,
            /migrating this database for more than 0\.3 s.*lockTimeout/,
          );
        },
      );
      const patient = createMigrator(bench.engine(), { folder }).up();
      letEnd();
      assert.equal(await first, ["1-a"]);
      assert.equal(await patient, []);
    }));
}

test("postgresql: an index is built concurrently while others wait for the lock", () =>
  withBench("postgresql", async (bench) => {
    bench.write({
      "1-a": createTable("big"),
      "2-index": steps(
        `await sql("CREATE INDEX CONCURRENTLY big_text ON big (text)"); await sql("SELECT pg_sleep(0.5)"); await sql("CREATE INDEX CONCURRENTLY big_id ON big (id)");`,
        "",
        optOut,
      ),
    });
    const all = await Promise.all(
      [1, 2, 3].map(() =>
        createMigrator(bench.engine(), { folder: bench.folder }).up(),
      ),
    );
    assert.equal(all.flat().sort(), ["1-a", "2-index"]);
  }));

test("postgresql: the lock outlives the server's timeouts for idle transactions", () =>
  withBench("postgresql", async (bench) => {
    const name = new URL(bench.url).pathname.slice(1);
    await bench.rows(
      `ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = '200ms'`,
    );
    bench.write({
      "1-a": steps(`await sql("SELECT pg_sleep(0.8)");`),
      "2-b": createTable("b"),
    });
    const applied = await createMigrator(bench.engine(), {
      folder: bench.folder,
    }).up();
    assert.equal(applied, ["1-a", "2-b"]);
  }));

test("postgresql: without its lock a run stops before the next migration", () =>
  withBench("postgresql", async (bench) => {
    bench.write({
      "1-a": steps(`
        await sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        await new Promise((resolve) => setTimeout(resolve, 300));`),
      "2-b": createTable("b"),
    });
    await createMigrator(bench.engine(), { folder: bench.folder })
      .up()
      .then(
        () => {
          assert.unreachable();
        },
        (error: unknown) => {
          assert.ok(error instanceof Error);
          assert.match(
            error.message,
            /connection that holds the migration lock was lost/,
          );
        },
      );
    assert.equal(await bench.tables(), []);
    assert.equal(await bench.rows("SELECT name FROM schema_migrations"), [
      { name: "1-a" },
    ]);
  }));

test("postgresql: the lock belongs to a transaction, as a transaction pooler needs it", () =>
  withBench("postgresql", async (bench) => {
    const engine = bench.engine();
    const client = new pg.Client({ connectionString: bench.url });
    await client.connect();
    const sessions = async (): Promise<unknown[]> =>
      (
        await client.query<{ state: string }>(
          "SELECT a.state FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND a.datname = current_database()",
        )
      ).rows.map(({ state }) => state);
    const request = { name: "x", timeoutMs: 1000 };
    await engine.strategy.withMigrationLock(request, async () => {
      assert.equal(await sessions(), ["idle in transaction"]);
    });
    for (let turn = 0; turn < 50 && (await sessions()).length > 0; turn += 1) {
      await delay(20);
    }
    assert.equal(await sessions(), []);
    await client.end();
  }));

test.run();
