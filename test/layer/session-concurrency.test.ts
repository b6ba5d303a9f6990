import { strict as assert } from "node:assert";
import { randomInt } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "uvu";
import type { Session } from "../../templates/infrastructure/database/session/session.ts";
import {
  SessionClosedError,
  SessionStateError,
} from "../../templates/infrastructure/database/session/session-error.ts";
import { rejection, stopOwnServer, targets } from "./session-fixtures.ts";

const warnings: string[] = [];
process.on("warning", (warning) => warnings.push(warning.message));

const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
console.log(`seed: ${seed}`);

/** Numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
function chance(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
}

/** Everybody waits until so many have come. */
function meeting(members: number): () => Promise<void> {
  const bell = new EventEmitter();
  const complete = once(bell, "complete");
  let come = 0;
  return async () => {
    come += 1;
    if (come === members) bell.emit("complete");
    await complete;
  };
}

for (const { name, isParallel, run } of targets) {
  const it = (title: string, work: Parameters<typeof run>[0]): void => {
    test(`${name}: ${title}`, () => run(work));
  };

  it("100 mixed statements of one session at once are safe", async ({
    sessions,
    models: { Team },
  }) => {
    await sessions.begin(async (session) => {
      const calls = Array.from({ length: 100 }, async (_, index) => {
        const label = `t${index}`;
        switch (index % 5) {
          case 0:
            session.add(Team.build({ name: label }));
            return session.flush();
          case 1:
            return session.execute("INSERT INTO teams (name) VALUES ($1)", [
              label,
            ]);
          case 2:
            return session.count(Team);
          case 3:
            return session
              .beginNested(async () => {
                session.add(Team.build({ name: label }));
                await Promise.all([session.count(Team), session.findAll(Team)]);
                if (index % 2 === 0) throw new Error("undo");
              })
              .catch((error: unknown) => {
                assert.equal(String(error), "Error: undo");
              });
          default:
            return session.run((transaction) =>
              Team.create({ name: label }, { transaction }),
            );
        }
      });
      await Promise.all(calls);
      assert.equal(await session.count(Team), 70);
    });
    assert.equal(await Team.count(), 70);
    assert.deepEqual(warnings, []);
  });

  it("savepoints at once take turns, and each undoes its own work only", async ({
    sessions,
    models: { Team },
  }) => {
    await sessions.begin(async (session) => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          session.beginNested(async () => {
            session.add(Team.build({ name: `t${index}` }));
            await sleep(1);
            await session.flush();
            await sleep(1);
            if (index % 2 === 0) throw new Error("undo");
          }),
        ),
      );
      assert.equal(
        outcomes.filter(({ status }) => status === "fulfilled").length,
        10,
      );
    });
    const names = (await Team.findAll()).map((team) => team.name);
    assert.equal(names.length, 10);
    assert.ok(names.every((each) => Number(each.slice(1)) % 2 === 1));
  });

  it("statements that a savepoint's work did not await still belong to it", async ({
    sessions,
    models: { Team },
  }) => {
    await sessions.begin(async (session) => {
      const insert = (label: string): Promise<unknown> =>
        session.execute("INSERT INTO teams (name) VALUES ($1)", [label]);
      await rejection(
        session.beginNested(() =>
          Promise.all([
            Promise.reject(new Error("fails at once")),
            insert("a"),
            insert("b"),
          ]),
        ),
        Error,
      );
      assert.equal(await session.count(Team), 0);
      await session.beginNested(() => {
        void insert("c");
        return Promise.resolve();
      });
      assert.equal(await session.count(Team), 1);
    });
  });

  it("model hooks may use the session, one or many statements at once", async ({
    sessions,
    models: { Hooked, Team },
  }) => {
    let session: Session | undefined;
    const seen: number[] = [];
    Hooked.addHook("beforeCreate", async (instance) => {
      assert.ok(session);
      const current = session;
      const counts = await Promise.all([
        current.count(Team),
        current.execute("SELECT 1"),
        current.findAll(Hooked),
        current.flush(),
        current.beginNested(() => current.count(Team)),
      ]);
      seen.push(counts[0]);
      await rejection(current.commit(), SessionStateError);
      if (String(instance.get("name")) === "first") {
        current.add(Team.build({ name: "by hook" }));
      }
    });
    Hooked.addHook("afterCreate", async () => {
      await session?.execute("UPDATE teams SET motto = 'hooked'");
    });
    await sessions.begin(async (opened) => {
      session = opened;
      opened.add(Team.build({ name: "team" }));
      opened.addAll(
        ["first", "second"].map((each) => Hooked.build({ name: each })),
      );
      return Promise.resolve();
    });
    assert.deepEqual(seen, [1, 1]);
    assert.equal(await Team.count(), 2);
    assert.equal(await Hooked.count(), 2);
    assert.deepEqual(warnings, []);
  });

  it("a hook that never stops adding is stopped", async ({
    sessions,
    models: { Hooked },
  }) => {
    let current: Session | undefined;
    let turn = 0;
    Hooked.addHook("afterCreate", () => {
      turn += 1;
      current?.add(Hooked.build({ name: `again ${turn}` }));
    });
    const error = await rejection(
      sessions.begin((session) => {
        current = session;
        session.add(Hooked.build({ name: "once" }));
        return Promise.resolve();
      }),
      SessionStateError,
    );
    assert.match(error.message, /After 100 flushes/);
    assert.equal(await Hooked.count(), 0);
  });

  it("a statement from elsewhere waits for an open savepoint", async ({
    sessions,
    models: { Team },
  }) => {
    const bell = new EventEmitter();
    await sessions.begin(async (session) => {
      const counted = once(bell, "ring").then(() => session.count(Team));
      const order: string[] = [];
      const nested = session
        .beginNested(async () => {
          session.add(Team.build({ name: "inside" }));
          await session.flush();
          bell.emit("ring");
          await sleep(10);
          throw new Error("undo");
        })
        .catch(() => order.push("nested"));
      const seen = counted.then((count) => {
        order.push(`count ${count}`);
      });
      await Promise.all([nested, seen]);
      assert.deepEqual(order, ["nested", "count 0"]);
    });
  });

  it("two sessions at once do not see each other before the commit", async ({
    sessions,
    models: { Team },
  }) => {
    const written = meeting(isParallel ? 2 : 1);
    const read = meeting(isParallel ? 2 : 1);
    const work = (label: string) =>
      sessions.begin(async (session) => {
        session.add(Team.build({ name: label }));
        await session.flush();
        await written();
        const count = await session.count(Team);
        await read();
        return count;
      });
    const counts = await Promise.all([work("a"), work("b")]);
    assert.deepEqual(counts, isParallel ? [1, 1] : [1, 2]);
    assert.equal(await Team.count(), 2);
  });

  if (name !== "memory") {
    it("read-only sessions read beside one that writes", async ({
      sessions,
      models: { Team },
    }) => {
      const writer = sessions();
      writer.add(Team.build({ name: "a" }));
      await writer.flush();
      const count = () =>
        sessions.begin((session) => session.count(Team), { readOnly: true });
      assert.deepEqual(await Promise.all([count(), count()]), [0, 0]);
      await writer.commit();
      assert.equal(await count(), 1);
      await writer.close();
    });
  }

  it("close waits for what was started, and refuses what comes later", async ({
    engine,
    sessions,
    models: { Team },
  }) => {
    const session = sessions();
    session.add(Team.build({ name: "a" }));
    const counted = session.count(Team);
    const closing = Promise.all([session.close(), session.close()]);
    await rejection(session.count(Team), SessionClosedError);
    assert.equal(await counted, 1);
    await closing;
    assert.equal(engine.pool.checkedOut(), 0);
    assert.equal(await Team.count(), 0);
  });

  test(`${name}: 200 sessions on a pool of 5 end all ways and leak nothing`, () =>
    run(
      async ({ engine, sessions, models: { Team } }) => {
        await Team.create({ name: "taken" });
        const random = chance(seed);
        const plans = Array.from({ length: 200 }, (_, index) => ({
          label: `t${index}`,
          end: random(7),
        }));
        let stored = 1;
        const play = async (label: string, end: number): Promise<void> => {
          const fresh = Team.build({ name: label });
          if (end < 2) {
            await sessions.begin(async (session) => {
              session.add(fresh);
              if (end === 1) await session.count(Team);
              await Promise.resolve();
            });
            stored += 1;
            return;
          }
          const session = sessions();
          try {
            session.add(fresh);
            await session.flush();
            if (end === 2) {
              await session.execute("SELECT * FROM nowhere").catch(() => 0);
              await session.commit().catch(() => 0);
            }
            if (end === 3) {
              session.add(Team.build({ name: "taken" }));
              await assert.rejects(session.flush());
              await session.rollback();
              session.add(fresh);
              await session.commit();
              stored += 1;
            }
            if (end === 4) {
              await session
                .beginNested(() => Promise.reject(new Error("undo")))
                .catch(() => 0);
              await session.commit();
              stored += 1;
            }
            if (end === 5) await session.rollback();
          } finally {
            await session.close();
          }
        };
        await Promise.all(plans.map(({ label, end }) => play(label, end)));
        assert.equal(engine.pool.checkedOut(), 0);
        assert.equal(engine.pool.waiting(), 0);
        assert.equal(await Team.count(), stored);
        assert.ok(stored > 1);
      },
      { poolSize: 5, maxOverflow: 0 },
    ));
}

test("the server of this file ends", stopOwnServer);
test.run();
