import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { test } from "uvu";
import { PoolClosedError } from "../../templates/infrastructure/database/errors.ts";
import type { Session } from "../../templates/infrastructure/database/session/session.ts";
import {
  SessionClosedError,
  SessionFailedError,
} from "../../templates/infrastructure/database/session/session-error.ts";
import {
  type Bench,
  rejection,
  stopOwnServer,
  targets,
} from "./session-fixtures.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) {
    collectGarbage();
    await sleep(10);
  }
  assert.ok(condition());
}

/** Ends the server's side of a session's connection. */
async function kill({ engine }: Bench, session: Session): Promise<void> {
  const pid = (await session.execute("SELECT pg_backend_pid()")).scalarOne();
  await engine.sequelize.query("SELECT pg_terminate_backend($1)", {
    bind: [pid],
  });
  await sleep(20);
}

const postgres = targets.find(({ isPostgres }) => isPostgres);
assert.ok(postgres);

for (const [title, statement] of [
  ["a query", (session: Session) => session.execute("SELECT 1")],
  ["a flush", (session: Session) => session.flush()],
  [
    "a savepoint",
    (session: Session) => session.beginNested(() => Promise.resolve()),
  ],
] as const) {
  test(`a connection lost before ${title}: the session wants a rollback and then goes on`, () =>
    postgres.run(async (bench) => {
      const { engine, sessions, models } = bench;
      const session = sessions();
      session.add(models.Team.build({ name: "lost" }));
      await session.flush();
      await kill(bench, session);
      const fresh = session.add(models.Team.build({ name: "pending" }));
      await assert.rejects(statement(session));
      await rejection(session.count(models.Team), SessionFailedError);
      await session.rollback();
      assert.equal(fresh.isNewRecord, true);
      assert.equal(engine.pool.checkedOut(), 0);
      session.add(fresh);
      await session.commit();
      await session.close();
      assert.equal(await models.Team.count(), 1);
    }));
}

test("a connection lost in a savepoint fails the transaction around it", () =>
  postgres.run(async (bench) => {
    const { sessions, models } = bench;
    await rejection(
      sessions.begin(async (session) => {
        session.add(models.Team.build({ name: "lost" }));
        await session
          .beginNested(async () => {
            await kill(bench, session);
            await session.count(models.Team);
          })
          .catch(() => undefined);
        await rejection(session.count(models.Team), SessionFailedError);
      }),
      SessionFailedError,
    );
    assert.equal(await models.Team.count(), 0);
  }));

test("a connection lost before COMMIT: the error surfaces, nothing leaks", () =>
  postgres.run(async (bench) => {
    const { engine, sessions, models } = bench;
    const session = sessions();
    const team = session.add(models.Team.build({ name: "lost" }));
    await session.flush();
    await kill(bench, session);
    await assert.rejects(session.commit());
    assert.equal(team.isNewRecord, true);
    await rejection(session.count(models.Team), SessionClosedError);
    await session.close();
    assert.equal(engine.pool.checkedOut(), 0);
    assert.equal(await models.Team.count(), 0);
  }));

test("a session whose connection is lost can just be closed", () =>
  postgres.run(async (bench) => {
    const session = bench.sessions();
    await kill(bench, session);
    await session.close();
    const handle = bench.sessions();
    const transaction = await handle.begin();
    await kill(bench, handle);
    await transaction[Symbol.asyncDispose]();
    await handle[Symbol.asyncDispose]();
    assert.equal(bench.engine.pool.checkedOut(), 0);
  }));

for (const { name, run } of targets) {
  test(`${name}: without a free connection a session fails, and works later`, () =>
    run(
      async ({ sessions, models: { Team } }) => {
        const holder = sessions();
        await holder.count(Team);
        const session = sessions();
        const team = session.add(Team.build({ name: "patient" }));
        const error = await rejection(session.flush(), Error);
        assert.equal(Reflect.get(error, "code"), "POOL_TIMEOUT");
        assert.equal(session.inTransaction, false);
        assert.deepEqual(session.new, [team]);
        await holder.close();
        await session.commit();
        await session.close();
        assert.equal(await Team.count(), 1);
      },
      { poolSize: 1, maxOverflow: 0, poolTimeout: 0.2 },
    ));

  test(`${name}: after the engine's end sessions fail with its reason`, () =>
    run(async ({ engine, sessions, models: { Team } }) => {
      const idle = sessions();
      await engine.dispose();
      await rejection(idle.count(Team), PoolClosedError);
      await idle.close();
    }));

  test(`${name}: a forgotten session is reported with its place, and gives its connection back`, async () => {
    const messages: string[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => messages.push(message),
      error: () => undefined,
    };
    await run(
      async ({ engine, sessions, models: { Team } }) => {
        const forget = async function forgetHere(): Promise<void> {
          const session = sessions();
          session.add(Team.build({ name: "forgotten" }));
          session.afterCommit(() => session.inTransaction);
          await session.flush();
        };
        await forget();
        assert.equal(engine.pool.checkedOut(), 1);
        await until(() => messages.length > 0);
        await until(() => engine.pool.checkedOut() === 0);
        assert.match(messages[0] ?? "", /forgotten.*sessionFactory\.begin/s);
        assert.match(messages[0] ?? "", /forgetHere.*session-faults/s);
        assert.equal(await Team.count(), 0);
        messages.length = 0;
        const unused = (): void => void sessions();
        unused();
        await sessions.begin((session) => session.count(Team));
        for (let turn = 0; turn < 5; turn += 1) {
          collectGarbage();
          await sleep(5);
        }
        assert.deepEqual(messages, []);
      },
      undefined,
      { logger },
    );
  });
}

test("no rejection was left unhandled", () => {
  assert.deepEqual(unhandled, []);
});
test("the server of this file ends", stopOwnServer);
test.run();
