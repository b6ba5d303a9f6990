import { test } from "uvu";
import * as assert from "uvu/assert";
import * as pg from "pg";
import { QueryTypes } from "sequelize";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { CommitInDoubtError } from "../../templates/infrastructure/database/resilience/commit-in-doubt.ts";
import { RetryConfig } from "../../templates/infrastructure/database/resilience/retry-config.ts";
import { retrySession } from "../../templates/infrastructure/database/resilience/session-retry.ts";
import { retryTransaction } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { createSessionFactory } from "../../templates/infrastructure/database/session/session-factory.ts";
import { engineFor, withSqliteFile } from "../support/engines.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import {
  type StatementFate,
  StatementProxy,
} from "../support/statement-proxy.ts";

// Sequelize warns of every transaction that fails; here they all do.
console.warn = () => undefined;

test.after(stopOwnServer);

const quick = new RetryConfig({ baseDelay: 0.001, maxAttempts: 5 });

async function withLossyPostgres(
  work: (engine: Engine, proxy: StatementProxy) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase();
  const proxy = await StatementProxy.start(database.url);
  const engine = engineFor({ url: proxy.url });
  try {
    await engine.sequelize.query("CREATE TABLE kept (id int)");
    await work(engine, proxy);
  } finally {
    await engine.dispose();
    await proxy.stop();
    await database.drop();
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
    { config: quick, exactlyOnce },
  );
}

/** Lets `fate` befall the first COMMIT of each unit of work. */
function befallFirstCommit(
  proxy: StatementProxy,
  fate: StatementFate,
): () => void {
  let pending = true;
  proxy.judge = (sql) => {
    if (!pending || !sql.startsWith("COMMIT")) return "pass";
    pending = false;
    return fate;
  };
  return () => {
    pending = true;
  };
}

async function ids(engine: Engine): Promise<number[]> {
  const rows = await engine.sequelize.query<{ id: number }>(
    "SELECT id FROM kept ORDER BY id",
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ id }) => id);
}

const hundred = Array.from({ length: 100 }, (_, index) => index);

for (const fate of ["lose answer", "lose statement", "strand"] as const) {
  test(`exactly once - 100 rows when 100 COMMITs have the fate: ${fate}`, () =>
    withLossyPostgres(async (engine, proxy) => {
      const again = befallFirstCommit(proxy, fate);
      for (const id of hundred) {
        again();
        await store(engine, id, true);
      }
      assert.equal(await ids(engine), hundred);
      assert.is(engine.pool.checkedOut(), 0);
    }));

  test(`without exactly once - a CommitInDoubtError and no second attempt: ${fate}`, () =>
    withLossyPostgres(async (engine, proxy) => {
      const again = befallFirstCommit(proxy, fate);
      for (const id of hundred) {
        again();
        const error: unknown = await store(engine, id, false).catch(
          (thrown: unknown) => thrown,
        );
        assert.instance(error, CommitInDoubtError);
        assert.is((error as CommitInDoubtError).code, "COMMIT_IN_DOUBT");
        assert.instance((error as CommitInDoubtError).cause, Error);
      }
      const stored = fate === "lose answer" ? 100 : 0;
      assert.is((await ids(engine)).length, stored);
    }));

  test(`exactly once - sessions too: ${fate}`, () =>
    withLossyPostgres(async (engine, proxy) => {
      const again = befallFirstCommit(proxy, fate);
      const sessions = createSessionFactory(engine);
      for (const id of hundred.slice(0, 20)) {
        again();
        await retrySession(
          sessions,
          (session) => session.execute("INSERT INTO kept VALUES ($1)", [id]),
          { config: quick, exactlyOnce: true },
        );
      }
      assert.equal(await ids(engine), hundred.slice(0, 20));
    }));
}

test("a write outside a transaction whose answer is lost - in doubt; a read - retryable", () =>
  withLossyPostgres(async (engine, proxy) => {
    proxy.judge = (sql) => (sql.includes("kept") ? "lose answer" : "pass");
    const write: unknown = await engine.sequelize
      .query("INSERT INTO kept VALUES (1)")
      .catch((thrown: unknown) => thrown);
    assert.instance(write, CommitInDoubtError);
    const read: unknown = await engine.sequelize
      .query("SELECT * FROM kept")
      .catch((thrown: unknown) => thrown);
    assert.not.instance(read, CommitInDoubtError);
  }));

test("a transaction that has written nothing - runs again without asking the server", () =>
  withLossyPostgres(async (engine, proxy) => {
    befallFirstCommit(proxy, "lose answer");
    const attempts: number[] = [];
    await retryTransaction(
      engine,
      async (transaction, attempt) => {
        attempts.push(attempt);
        await engine.sequelize.query("SELECT 1", { transaction });
      },
      { config: quick, exactlyOnce: true },
    );
    assert.equal(attempts, [1, 2]);
  }));

test("a server that stays away - in doubt after resolveTimeout", () =>
  withLossyPostgres(async (engine, proxy) => {
    proxy.judge = (sql) => {
      if (!sql.startsWith("COMMIT")) return "pass";
      proxy.refuse();
      return "lose answer";
    };
    const error: unknown = await retryTransaction(
      engine,
      (transaction) =>
        engine.sequelize.query("INSERT INTO kept VALUES (1)", { transaction }),
      { exactlyOnce: true, resolveTimeout: 0.3 },
    ).catch((thrown: unknown) => thrown);
    assert.instance(error, CommitInDoubtError);
  }));

test("another transaction that got our id after a crash - is not taken for ours", async () => {
  // Nothing flushes the log in the background, so that a crash loses what nobody has committed.
  const server = await PostgresServer.start({
    settings: {
      wal_writer_delay: "10s",
      bgwriter_delay: "10s",
      autovacuum: "off",
    },
  });
  const engine = engineFor({ url: server.url() });
  try {
    await engine.sequelize.query("CREATE TABLE kept (id int)");
    const resolution = engine.strategy.commitResolution;
    assert.ok(resolution);
    const client = new pg.Client({ connectionString: server.url() });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("BEGIN; INSERT INTO kept VALUES (1)");
    const ticket = await resolution.ticket(
      async (sql) => (await client.query<Record<string, string>>(sql)).rows,
    );
    assert.ok(ticket);
    await server.restart("immediate");
    const xid = ticket.xid ?? "";
    let status: string | null | undefined;
    while (status !== "committed") {
      await server.query("INSERT INTO kept VALUES (2)");
      status = (
        await server
          .query<{ status: string }>(
            `SELECT pg_xact_status('${xid}'::xid8) AS status`,
          )
          .catch(() => [])
      )[0]?.status;
    }
    assert.is(await resolution.resolve(ticket, 10), "rolled back");
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test("crashes under load - every acknowledged row is there once, and nothing else", async () => {
  const server = await PostgresServer.start();
  const engine = engineFor({ url: server.url(), poolTimeout: 30 });
  try {
    await engine.sequelize.query("CREATE TABLE kept (id int)");
    const acknowledged: number[] = [];
    let next = 0;
    let stop = false;
    const inDoubt: number[] = [];
    const work = async (): Promise<void> => {
      while (!stop) {
        const id = (next += 1);
        try {
          await store(engine, id, true);
          acknowledged.push(id);
        } catch (error) {
          if (!(error instanceof CommitInDoubtError)) throw error;
          inDoubt.push(id);
        }
      }
    };
    const workers = Array.from({ length: 20 }, work);
    for (let crash = 0; crash < 6; crash += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await server.restart("immediate");
    }
    stop = true;
    await Promise.all(workers);
    assert.equal(inDoubt, []);
    assert.equal(
      await ids(engine),
      acknowledged.sort((a, b) => a - b),
    );
    assert.is.not(acknowledged.length, 0);
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test("SQLite - exactly once changes nothing", () =>
  withSqliteFile(async (engine) => {
    await engine.sequelize.query("CREATE TABLE kept (id int)");
    await store(engine, 1, true);
    assert.equal(await ids(engine), [1]);
  }));

test.run();
