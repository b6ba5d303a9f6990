import { once } from "node:events";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as pg from "pg";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { PoolTimeoutError } from "../../templates/infrastructure/database/errors.ts";
import {
  DatabaseErrorClassifier,
  isDatabaseErrorRetryable,
  judgeError,
} from "../../templates/infrastructure/database/resilience/classifier.ts";
import type { ErrorCategory } from "../../templates/infrastructure/database/resilience/error-category.ts";
import { engineFor, withPostgres } from "../support/engines.ts";
import { freePort, PostgresServer } from "../support/postgres-server.ts";
import { stopOwnServer } from "../support/postgres.ts";
import { refusedStatements, schema } from "./resilience-sqlstates.ts";

console.warn = () => undefined;

test.after(stopOwnServer);

const met = new Map<string, unknown>();

/** The error, which must carry the code somewhere and be of the category. */
async function expectError(
  code: string,
  category: ErrorCategory,
  work: () => unknown,
): Promise<unknown> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  assert.is(codeOf(error), code, String(error));
  assert.is(DatabaseErrorClassifier.classify(error), category, code);
  met.set(code, error);
  return error;
}

function codeOf(error: unknown): unknown {
  const { code, parent } = error as {
    code?: unknown;
    parent?: { code?: unknown };
  };
  return parent?.code ?? code;
}

test("PostgreSQL - what the server refuses", () =>
  withPostgres(async (engine) => {
    await engine.sequelize.query(schema);
    for (const [state, category, sql] of refusedStatements)
      await expectError(state, category, () =>
        engine.begin((transaction) =>
          engine.sequelize.query(sql, { transaction }),
        ),
      );
  }));

test("PostgreSQL - what goes wrong on a connection", () =>
  withPostgres(async (engine, url) => {
    const on = (sql: string, values?: unknown[]) => (): Promise<unknown> =>
      engine.connect((connection) => connection.query(sql, values));
    await expectError("08P01", "permanent", on("SELECT $1::int", [1, 2]));
    await expectError(
      "57P01",
      "connection",
      on("SELECT pg_terminate_backend(pg_backend_pid())"),
    );
    await expectError("25P02", "permanent", () =>
      engine.begin(async (transaction) => {
        const run = (sql: string): Promise<unknown> =>
          engine.sequelize.query(sql, { transaction });
        await run("SELECT 1 / 0").catch(() => undefined);
        await run("SELECT 1");
      }),
    );
    for (const [state, setting] of [
      ["25P03", "idle_in_transaction_session_timeout"],
      ["25P04", "transaction_timeout"],
      ["57P05", "idle_session_timeout"],
    ] as const) {
      const begin = state === "57P05" ? "" : "BEGIN;";
      const category = state === "57P05" ? "connection" : "timeout";
      await expectError(state, category, () =>
        serverError(url, `SET ${setting} = '20ms'; ${begin}`),
      );
    }
    await expectError("0A000", "transient", () => stalePlan(url));
  }));

/** The error that the server sends by itself after the statement. */
async function serverError(url: string, sql: string): Promise<never> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  const failed = once(client, "error");
  await client.query(sql);
  throw (await failed)[0] as Error;
}

async function stalePlan(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("CREATE TABLE changing (a int)");
    const named = { name: "all", text: "SELECT * FROM changing" };
    await client.query(named);
    await client.query("ALTER TABLE changing ADD b int");
    return await client.query(named);
  } finally {
    await client.end();
  }
}

test("PostgreSQL - who is not let in", () =>
  withPostgres(async (engine, url) => {
    const query = (change: (target: URL) => void) => async () => {
      const target = new URL(url);
      change(target);
      const other = engineFor({ url: target.href, poolTimeout: 0.3 });
      try {
        return await other.sequelize.query("SELECT 1");
      } finally {
        await other.dispose();
      }
    };
    await expectError(
      "28P01",
      "permanent",
      query((to) => (to.password = "x")),
    );
    await expectError(
      "3D000",
      "permanent",
      query((to) => (to.pathname = "/x")),
    );
    const role = `limited_${Date.now()}`;
    await engine.sequelize.query(
      `CREATE ROLE ${role} LOGIN PASSWORD 'secret' CONNECTION LIMIT 0`,
    );
    const asRole = (to: URL): void => {
      to.username = role;
    };
    const crowded: unknown = await query(asRole)().catch(
      (error: unknown) => error,
    );
    assert.instance(crowded, PoolTimeoutError);
    assert.is(DatabaseErrorClassifier.classify(crowded), "timeout");
    await expectError("53300", "connection", () => {
      throw (crowded as Error).cause as Error;
    });
    await engine.sequelize.query(`ALTER ROLE ${role} NOLOGIN`);
    await expectError("28000", "permanent", query(asRole));
    await engine.sequelize.query(`DROP ROLE ${role}`);
  }));

test("PostgreSQL - conflicts between transactions", () =>
  withPostgres(async (engine) => {
    await engine.sequelize.query(
      "CREATE TABLE pair (id int PRIMARY KEY, n int); INSERT INTO pair VALUES (1, 0), (2, 0)",
    );
    await expectError("40P01", "transient", () =>
      cross(engine, "READ COMMITTED"),
    );
    await expectError("40001", "transient", () =>
      cross(engine, "SERIALIZABLE", "SELECT sum(n) FROM pair"),
    );
    await expectError("55P03", "transient", () =>
      engine.begin(async (transaction) => {
        const lock = "SELECT * FROM pair FOR UPDATE";
        await engine.sequelize.query(lock, { transaction });
        await engine.begin((other) =>
          engine.sequelize.query(`${lock} NOWAIT`, { transaction: other }),
        );
      }),
    );
  }));

/** Two transactions that update two rows in opposite order. */
async function cross(
  engine: Engine,
  isolation: string,
  read = "SELECT 1",
): Promise<unknown> {
  let arrived = 0;
  let go: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (go = resolve));
  const run = (first: number, second: number): Promise<unknown> =>
    engine.begin(async (transaction) => {
      const query = (sql: string): Promise<unknown> =>
        engine.sequelize.query(sql, { transaction });
      await query(`SET TRANSACTION ISOLATION LEVEL ${isolation}`);
      await query(read);
      await query(`UPDATE pair SET n = n + 1 WHERE id = ${first}`);
      if ((arrived += 1) === 2) go();
      await both;
      if (isolation === "READ COMMITTED")
        await query(`UPDATE pair SET n = n + 1 WHERE id = ${second}`);
    });
  return Promise.all([run(1, 2), run(2, 1)]);
}

test("PostgreSQL - a server that stops, crashes, or is not there", async () => {
  const server = await PostgresServer.start();
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  client.on("error", () => undefined);
  try {
    // A smart shutdown waits for its clients and refuses new ones.
    process.kill(server.pid, "SIGTERM");
    await expectError("57P03", "connection", async () => {
      for (;;) {
        const late = new pg.Client({ connectionString: server.url() });
        await late.connect();
        await late.end();
      }
    });
    await client.end();
  } finally {
    await server.down("immediate");
  }
  const gone = engineFor({ url: server.url(), poolTimeout: 0.2 });
  await expectError("POOL_TIMEOUT", "timeout", () =>
    gone.sequelize.query("SELECT 1"),
  );
  await gone.dispose();
  await server.up();
  const witness = new pg.Client({ connectionString: server.url() });
  witness.on("error", () => undefined);
  await witness.connect();
  const crashed = once(witness, "notice");
  const victim = await server.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'",
  );
  process.kill(victim[0]?.pid ?? 0, "SIGKILL");
  await expectError("57P02", "connection", async () => {
    const { message, code } = (await crashed)[0] as {
      message: string;
      code: string;
    };
    throw Object.assign(new Error(message), { code });
  });
  await server.remove();
});

test("PostgreSQL - hosts that do not exist", async () => {
  const nowhere = new pg.Client({
    connectionString: "postgresql://a:b@nowhere.invalid/x",
  });
  const unknown: unknown = await nowhere
    .connect()
    .catch((error: unknown) => error);
  assert.is(DatabaseErrorClassifier.classify(unknown), "connection");
  const port = await freePort();
  const bare = new pg.Client({
    connectionString: `postgresql://a:b@localhost:${port}/x`,
  });
  // On a machine with both kinds of addresses this is an AggregateError with an empty message.
  const refused: unknown = await bare
    .connect()
    .catch((error: unknown) => error);
  assert.is(DatabaseErrorClassifier.classify(refused), "connection");
  assert.ok(isDatabaseErrorRetryable(refused));
});

test("at least 45 SQLSTATEs were produced for real", () => {
  const states = [...met.keys()].filter((code) => /^[0-9A-Z]{5}$/.test(code));
  assert.ok(states.length >= 80, `${states.length} states`);
});

test("the verdict does not depend on the language of the server", () => {
  for (const [code, error] of met) {
    const before = judgeError(error);
    translate(error);
    assert.equal(judgeError(error), before, code);
  }
});

/** Puts a text without one English word into every message. */
function translate(error: unknown): void {
  const { parent, cause } = error as { parent?: Error; cause?: Error };
  for (const each of [error as Error, parent, cause])
    if (each instanceof Error)
      each.message =
        "Verklemmung: Zugriff nicht möglich, schwerwiegender Fehler";
}

test.run();
