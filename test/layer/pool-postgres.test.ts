import { setTimeout as delay } from "node:timers/promises";
import * as pg from "pg";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { engineFor, withPostgres } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { stopOwnServer } from "../support/postgres.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

test.after(stopOwnServer);

async function pidOf(engine: Engine): Promise<number> {
  const [row] = await engine.sequelize.query<{ pid: number }>(
    "SELECT pg_backend_pid() AS pid",
    { type: QueryTypes.SELECT },
  );
  return row?.pid ?? 0;
}

/** Queries side by side; the numbers of those that failed and those with a wrong answer. */
async function storm(
  engine: Engine,
  count: number,
): Promise<{ failed: string[]; wrong: number }> {
  const answers = await Promise.allSettled(
    Array.from({ length: count }, async (_, index) => {
      const [row] = await engine.sequelize.query<{ n: number }>(
        "SELECT $1::int AS n",
        { bind: [index], type: QueryTypes.SELECT },
      );
      return row?.n === index;
    }),
  );
  return {
    failed: answers.flatMap((each) =>
      each.status === "rejected" ? [String(each.reason)] : [],
    ),
    wrong: answers.filter((each) => each.status === "fulfilled" && !each.value)
      .length,
  };
}

/** Waits until every connection that the storm asked for is at rest or closed. */
async function nothingOpens(engine: Engine, proxy: FaultProxy): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (engine.pool.checkedIn() !== proxy.links) {
    assert.ok(performance.now() < deadline, `${proxy.links} links`);
    await delay(5);
  }
}

async function administrate<Row extends object>(
  url: string,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const ours = "WHERE datname = current_database() AND application_name = 'ours'";

async function backends(url: string): Promise<number> {
  const [row] = await administrate<{ n: number }>(
    url,
    `SELECT count(*)::int AS n FROM pg_stat_activity ${ours}`,
  );
  return row?.n ?? -1;
}

test("size and overflow hold under 200 concurrent users, and the overflow is closed afterwards", async () => {
  await withPostgres(
    async (engine, url) => {
      let most = 0;
      const stop = new AbortController();
      const watch = (async () => {
        while (!stop.signal.aborted) {
          most = Math.max(most, await backends(url));
          await delay(5);
        }
      })();
      const pids = await Promise.all(
        Array.from({ length: 200 }, () =>
          engine.connect(async (connection) => {
            const [row] = await connection.query<{ pid: number }>(
              "SELECT pg_backend_pid() AS pid, pg_sleep(0.01)",
            );
            return row?.pid;
          }),
        ),
      );
      stop.abort();
      await watch;
      assert.ok(most <= 10, `${most} connections on the server`);
      assert.is(pids.length, 200);
      await delay(100);
      assert.is(engine.pool.checkedIn(), 6);
      assert.is(engine.pool.overflow(), 0);
      assert.is(await backends(url), 6);
    },
    { poolSize: 6, maxOverflow: 4, applicationName: "ours" },
  );
});

test("connections ended by pg_terminate_backend are replaced without a failed query", async () => {
  await withPostgres(
    async (engine, url) => {
      await storm(engine, 30);
      for (const pauseMs of [0, 20, 200]) {
        await administrate(
          url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity ${ours}`,
        );
        await delay(pauseMs);
        assert.equal(await storm(engine, 50), { failed: [], wrong: 0 });
      }
    },
    { poolPrePingIdle: 0, applicationName: "ours" },
  );
});

test("killed connections do not come back even when no ping looks", async () => {
  await withPostgres(
    async (engine, url) => {
      await storm(engine, 30);
      await administrate(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity ${ours}`,
      );
      await delay(100);
      assert.equal(await storm(engine, 50), { failed: [], wrong: 0 });
    },
    { poolPrePing: false, applicationName: "ours" },
  );
});

test("a restart of the server is a pause, and a demotion is noticed", async () => {
  const server = await PostgresServer.start();
  const engine = engineFor({ url: server.url(), poolPrePingIdle: 0 });
  try {
    await storm(engine, 20);
    const pid = await pidOf(engine);
    await server.restart("fast");
    assert.equal(await storm(engine, 50), { failed: [], wrong: 0 });
    assert.is.not(await pidOf(engine), pid);
    await server.down("immediate");
    const waiting = storm(engine, 50);
    await delay(500);
    await server.up();
    assert.equal(await waiting, { failed: [], wrong: 0 });

    await engine.sequelize.query("CREATE TABLE writes (n int)");
    await server.query("ALTER SYSTEM SET default_transaction_read_only = on");
    await engine.sequelize.query("SET default_transaction_read_only = on");
    const before = engine.pool.checkedIn();
    assert.ok(before > 0);
    let refused = 0;
    for (let turn = 0; turn < 5; turn++)
      await engine.sequelize
        .query("INSERT INTO writes VALUES (1)")
        .catch(() => refused++);
    assert.ok(refused <= 1, `${refused} writes on the read-only connection`);
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test("half-open connections are replaced within the time of a ping", async () => {
  await withPostgres(async (direct, url) => {
    await direct.sequelize.query("SELECT 1");
    const proxy = await FaultProxy.start(Number(new URL(url).port));
    const engine = engineFor({
      url: proxy.through(url),
      poolPrePingIdle: 0,
      commandTimeout: "none",
    });
    try {
      await storm(engine, 20);
      // One that goes silent between its opening and its first statement is not pinged: that takes a commandTimeout.
      await nothingOpens(engine, proxy);
      proxy.blackhole();
      const started = performance.now();
      assert.equal(await storm(engine, 40), { failed: [], wrong: 0 });
      assert.ok(performance.now() - started < 4000);
      for (const how of ["fin", "rst"] as const) {
        proxy.cut(how);
        assert.equal(await storm(engine, 40), { failed: [], wrong: 0 });
      }
    } finally {
      await engine.dispose();
      await proxy.close();
    }
  });
});

test("an application that starts before its database waits for it", async () => {
  const server = await PostgresServer.start();
  await server.down();
  const engine = engineFor({ url: server.url(), poolTimeout: 30 });
  try {
    const answer = pidOf(engine);
    await delay(300);
    await server.up();
    assert.ok((await answer) > 0);
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test("with four slots on the server, ten callers share them", async () => {
  const server = await PostgresServer.start({
    settings: {
      max_connections: "4",
      superuser_reserved_connections: "0",
      max_wal_senders: "0",
    },
  });
  const engine = engineFor({ url: server.url(), poolSize: 10 });
  try {
    for (let round = 0; round < 5; round++)
      assert.equal(await storm(engine, 40), { failed: [], wrong: 0 });
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test("what waiting cannot heal fails at once: password, database, TLS", async () => {
  await withPostgres(async (_, url) => {
    const wrong = (change: (url: URL) => void): string => {
      const changed = new URL(url);
      change(changed);
      return changed.href;
    };
    const cases: [string, RegExp][] = [
      [
        wrong((each) => {
          each.password = "wrong";
        }),
        /password authentication failed/,
      ],
      [
        wrong((each) => {
          each.pathname = "/nowhere";
        }),
        /database "nowhere" does not exist/,
      ],
      [`${url}?sslmode=require`, /does not support SSL/],
    ];
    for (const [broken, message] of cases) {
      const engine = engineFor({ url: broken, poolTimeout: 20 });
      const started = performance.now();
      const error = await engine.sequelize
        .query("SELECT 1")
        .catch((reason: unknown) => reason);
      assert.match(String(error), message);
      assert.ok(performance.now() - started < 5000);
      await engine.dispose();
    }
  });
});

test("a connect that never comes through does not hold its place for ever", async () => {
  await withPostgres(async (_, url) => {
    const proxy = await FaultProxy.start(Number(new URL(url).port));
    const engine = engineFor({
      url: proxy.through(url),
      poolSize: 1,
      maxOverflow: 0,
      poolTimeout: 0.3,
      connectTimeout: 0.5,
    });
    try {
      proxy.freeze();
      const error: unknown = await pidOf(engine).catch(
        (reason: unknown) => reason,
      );
      assert.is((error as { code?: string }).code, "POOL_TIMEOUT");
      proxy.thaw();
      await delay(600);
      assert.ok((await pidOf(engine)) > 0);
    } finally {
      await engine.dispose();
      await proxy.close();
    }
  });
});

test("1,000 random steps on a real server leave no connection behind", async () => {
  const random = randomFrom(announcedSeed());
  await withPostgres(
    async (engine, url) => {
      const step = async (): Promise<void> => {
        const choice = random();
        if (choice < 0.5) await pidOf(engine);
        else if (choice < 0.6) await engine.sequelize.query("SELEC");
        else if (choice < 0.7) await engine.sequelize.query("BEGIN");
        else if (choice < 0.85)
          await engine.begin(async (transaction) => {
            await engine.sequelize.query("SELECT 1", { transaction });
            if (random() < 0.5) throw new Error("undo");
          });
        else
          await engine.connect(async (connection) => {
            await connection.query(
              random() < 0.2
                ? "SELECT pg_terminate_backend(pg_backend_pid())"
                : "SELECT 1",
            );
          });
      };
      for (let round = 0; round < 20; round++)
        await Promise.allSettled(Array.from({ length: 50 }, step));
      await delay(200);
      assert.is(engine.pool.checkedOut(), 0);
      assert.is(engine.pool.waiting(), 0);
      assert.is(await backends(url), engine.pool.checkedIn());
      assert.equal(await storm(engine, 50), { failed: [], wrong: 0 });
    },
    { poolSize: 4, maxOverflow: 3, applicationName: "ours" },
  );
});

test.run();
