import { setTimeout as delay } from "node:timers/promises";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { healthCheck } from "../../templates/infrastructure/database/lifecycle/health.ts";
import { DatabaseErrorClassifier } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { engineFor } from "../support/engines.ts";
import { PostgresServer } from "../support/postgres-server.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

/** Far longer than any promise of the layer: who is still waiting then waits for ever. */
const tooLateMs = 20_000;

async function withServer(
  work: (engine: Engine, server: PostgresServer) => Promise<void>,
  pooler: "none" | "transaction" = "none",
): Promise<void> {
  const server = await PostgresServer.start();
  const engine = engineFor({
    url: server.url(),
    poolSize: 4,
    maxOverflow: 0,
    poolTimeout: 5,
    commandTimeout: 0.3,
    pooler,
  });
  try {
    await server.query("CREATE TABLE kept (id int)");
    await work(engine, server);
  } finally {
    server.signalAll("SIGCONT");
    await engine.dispose();
    await server.remove();
  }
}

/** Resolves to what the work rejects with, while the server is still paused. */
async function failure(work: Promise<unknown>): Promise<unknown> {
  const timer = new AbortController();
  const outcome = await Promise.race([
    work.then(
      () => "resolved",
      (error: unknown) => error,
    ),
    delay(tooLateMs, "still waiting", { signal: timer.signal }),
  ]);
  timer.abort();
  return outcome;
}

interface Answer {
  readonly n: number;
  readonly pid: number;
}

async function ask(engine: Engine, n: number): Promise<Answer> {
  const [row] = await engine.sequelize.query<Answer>(
    `SELECT ${n} AS n, pg_backend_pid() AS pid`,
    { type: QueryTypes.SELECT },
  );
  assert.ok(row);
  return row;
}

/** So many questions at once, each of which must get its own answer; the backends that gave them. */
async function pidsOf(engine: Engine, first: number): Promise<Set<number>> {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => ask(engine, first + index)),
  );
  assert.equal(
    answers.map(({ n }) => n),
    answers.map((_, index) => first + index),
  );
  return new Set(answers.map(({ pid }) => pid));
}

for (const pooler of ["none", "transaction"] as const)
  test(`commandTimeout ends the wait for a paused server, and late answers reach nobody (pooler: ${pooler})`, () =>
    withServer(async (engine, server) => {
      for (let round = 0; round < 3; round += 1) {
        const before = await pidsOf(engine, round * 1000);
        server.signalAll("SIGSTOP");
        const late = await Promise.all(
          Array.from({ length: 4 }, (_, n) => failure(ask(engine, -n))),
        );
        for (const error of late) {
          assert.instance(error, Error);
          assert.is(DatabaseErrorClassifier.classify(error), "timeout");
        }
        server.signalAll("SIGCONT");
        const after = await pidsOf(engine, round * 1000 + 500);
        for (const pid of before) assert.not(after.has(pid), "reused");
      }
    }, pooler));

test("a transaction that meets a paused server fails in time, and is not stored", () =>
  withServer(async (engine, server) => {
    const error = await failure(
      engine.begin(async (transaction) => {
        const insert = "INSERT INTO kept VALUES (1)";
        await engine.sequelize.query(insert, { transaction });
        server.signalAll("SIGSTOP");
        await engine.sequelize.query(insert, { transaction });
      }),
    );
    assert.is(DatabaseErrorClassifier.classify(error), "timeout");
    server.signalAll("SIGCONT");
    await pidsOf(engine, 0);
    assert.equal(await server.query("SELECT * FROM kept"), []);
    assert.is(engine.pool.checkedOut(), 0);
  }));

test("the health check of a paused server is false in time, and true afterwards", () =>
  withServer(async (engine, server) => {
    assert.is(await healthCheck(engine), true);
    server.signalAll("SIGSTOP");
    // Shorter than the check of a connection, and longer.
    for (const timeout of [0.2, 2])
      assert.is(
        await Promise.race([
          healthCheck(engine, { timeout }),
          delay(timeout * 1000 + 1000, "too late"),
        ]),
        false,
      );
    server.signalAll("SIGCONT");
    assert.is(await healthCheck(engine), true);
  }));

test.run();
