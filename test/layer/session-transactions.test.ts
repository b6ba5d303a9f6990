import { strict as assert } from "node:assert";
import { DatabaseError, QueryTypes, UniqueConstraintError } from "sequelize";
import { test } from "uvu";
import {
  SessionClosedError,
  SessionFailedError,
  SessionStateError,
} from "../../templates/infrastructure/database/session/session-error.ts";
import { rejection, stopOwnServer, targets } from "./session-fixtures.ts";

for (const { name, isPostgres, run } of targets) {
  const it = (title: string, work: Parameters<typeof run>[0]): void => {
    test(`${name}: ${title}`, () => run(work));
  };

  it("a session begins at its first query and holds one connection until it ends", async ({
    engine,
    sessions,
    models: { Team },
  }) => {
    const session = sessions();
    session.add(Team.build({ name: "t" }));
    assert.equal(session.inTransaction, false);
    assert.equal(engine.pool.checkedOut(), 0);
    await session.count(Team);
    assert.equal(session.inTransaction, true);
    assert.equal(engine.pool.checkedOut(), 1);
    await session.commit();
    assert.equal(session.inTransaction, false);
    assert.equal(engine.pool.checkedOut(), 0);
    await session.findAll(Team);
    assert.equal(engine.pool.checkedOut(), 1);
    await session.close();
    assert.equal(engine.pool.checkedOut(), 0);
  });

  it("begin commits what resolves, rolls back what rejects, and closes either way", async ({
    sessions,
    models: { Team },
  }) => {
    const opened = await sessions.begin(async (session) => {
      assert.equal(session.inTransaction, true);
      session.add(Team.build({ name: "kept" }));
      return Promise.resolve(session);
    });
    await rejection(opened.count(Team), SessionClosedError);
    const failure = new Error("no");
    const caught = await rejection(
      sessions.begin(async (session) => {
        session.add(Team.build({ name: "lost" }));
        await session.flush();
        throw failure;
      }),
      Error,
    );
    assert.equal(caught, failure);
    assert.deepEqual(
      (await Team.findAll()).map((team) => team.name),
      ["kept"],
    );
  });

  it("transaction leaves the session open; begin gives a handle that rolls back unless committed", async ({
    sessions,
    models: { Team },
  }) => {
    const session = sessions();
    const result = await session.transaction(async (same) => {
      assert.equal(same, session);
      await rejection(session.begin(), SessionStateError);
      session.add(Team.build({ name: "one" }));
      return Promise.resolve(7);
    });
    assert.equal(result, 7);
    const left = await session.begin();
    assert.equal(left.active, true);
    session.add(Team.build({ name: "left" }));
    await session.flush();
    await left[Symbol.asyncDispose]();
    assert.equal(left.active, false);
    assert.equal(await Team.count(), 1);
    const kept = await session.begin();
    session.add(Team.build({ name: "two" }));
    await kept.commit();
    await kept[Symbol.asyncDispose]();
    assert.equal(await Team.count(), 2);
    await session[Symbol.asyncDispose]();
    await session.close();
    for (const use of [
      () => session.findAll(Team),
      () => session.get(Team, 1),
      () => session.flush(),
      () => session.commit(),
      () => session.begin(),
      () => session.beginNested(() => Promise.resolve()),
    ]) {
      const error = await rejection(use(), SessionClosedError);
      assert.match(error.message, /close\(\) was called.*sessionFactory\(\)/);
    }
    assert.throws(
      () => session.add(Team.build({ name: "x" })),
      SessionClosedError,
    );
  });

  it("savepoints nest several levels and undo only their own work, in the objects too", async ({
    sessions,
    models: { Team },
  }) => {
    await sessions.begin(async (session) => {
      const outer = session.add(Team.build({ name: "outer", motto: "0" }));
      let inner: InstanceType<typeof Team> | undefined;
      let innermost: InstanceType<typeof Team> | undefined;
      await assert.rejects(
        session.beginNested(async () => {
          inner = session.add(Team.build({ name: "inner" }));
          outer.motto = "1";
          await session.beginNested(async (nested) => {
            innermost = nested.add(Team.build({ name: "innermost" }));
            outer.motto = "2";
            await nested.flush();
          });
          assert.equal(await session.count(Team), 3);
          outer.motto = "unwritten";
          throw new Error("undo both");
        }),
        /undo both/,
      );
      assert.equal(outer.motto, "0");
      assert.equal(outer.isNewRecord, false);
      assert.equal(inner?.isNewRecord, true);
      assert.equal(innermost?.isNewRecord, true);
      assert.equal(innermost.id, null);
      assert.equal(await session.count(Team), 1);
      const kept = await session.beginNested(async () => {
        session.add(Team.build({ name: "kept" }));
        await session
          .beginNested(() => Promise.reject(new Error("deep")))
          .catch(() => undefined);
        outer.motto = "3";
        return session.count(Team);
      });
      assert.equal(kept, 2);
    });
    const rows = await Team.findAll({ order: ["id"] });
    assert.deepEqual(
      rows.map((team) => [team.name, team.motto]),
      [
        ["outer", "3"],
        ["kept", null],
      ],
    );
  });

  it("a savepoint saves the transaction from a failed statement", async ({
    sessions,
    models: { Team },
  }) => {
    await Team.create({ name: "taken" });
    await sessions.begin(async (session) => {
      session.add(Team.build({ name: "before" }));
      await rejection(
        session.beginNested(() => {
          session.add(Team.build({ name: "taken" }));
          return Promise.resolve();
        }),
        UniqueConstraintError,
      );
      assert.equal(session.new.length, 0);
      session.add(Team.build({ name: "after" }));
      await rejection(
        session.beginNested(async () => {
          await session.execute("SELECT * FROM nowhere").catch(() => undefined);
        }),
        SessionFailedError,
      );
      await rejection(
        session.beginNested(() => session.commit()),
        SessionStateError,
      );
      await rejection(
        session.beginNested(() => session.rollback()),
        SessionStateError,
      );
    });
    assert.equal(await Team.count(), 3);
  });

  it("a failed statement must be rolled back, on every database alike", async ({
    sessions,
    models: { Team },
  }) => {
    const session = sessions();
    session.add(Team.build({ name: "t" }));
    await session.flush();
    await assert.rejects(session.execute("SELECT * FROM nowhere"));
    const error = await rejection(session.count(Team), SessionFailedError);
    assert.equal(error.code, "SESSION_FAILED");
    assert.match(error.message, /nowhere.*session\.rollback\(\)/);
    await rejection(session.commit(), SessionFailedError);
    await session.rollback();
    assert.equal(await session.count(Team), 0);
    await assert.rejects(session.execute("SELECT $missing", { other: 1 }));
    assert.equal(await session.count(Team), 0);
    await session.close();
    await rejection(
      sessions.begin(async (other) => {
        other.add(Team.build({ name: "lost" }));
        await other.flush();
        await other.execute("SELECT * FROM nowhere").catch(() => undefined);
      }),
      SessionFailedError,
    );
    assert.equal(await Team.count(), 0);
  });

  it("afterCommit runs after a real commit only, and its errors undo nothing", async ({
    sessions,
    models: { Team },
  }) => {
    const seen: string[] = [];
    await sessions.begin(async (session) => {
      session.add(Team.build({ name: "t" }));
      session.afterCommit(async () => {
        seen.push(`first sees ${await Team.count()}`);
        assert.equal(session.inTransaction, false);
      });
      await session
        .beginNested(() => {
          session.afterCommit(() => seen.push("undone"));
          return Promise.reject(new Error("no"));
        })
        .catch(() => undefined);
      await session.beginNested(() => {
        session.afterCommit(() => seen.push("nested"));
        return Promise.resolve();
      });
      session.afterCommit(() => {
        throw new Error("mail server down");
      });
      session.afterCommit(() => seen.push("last"));
      assert.deepEqual(seen, []);
    });
    assert.deepEqual(seen, ["first sees 1", "nested", "last"]);
    const session = sessions();
    session.afterCommit(() => seen.push("never"));
    await session.rollback();
    session.add(Team.build({ name: "u" }));
    await session.commit();
    await session.close();
    assert.equal(seen.includes("never"), false);
  });

  it("expireOnCommit forgets what was read; else the session remembers", async ({
    sessions,
    models: { Team },
    statements,
  }) => {
    const { id } = await Team.create({ name: "t", motto: "old" });
    for (const expireOnCommit of [false, true]) {
      await Team.update({ motto: "old" }, { where: { id } });
      const session = sessions({ expireOnCommit });
      const team = await session.get(Team, id);
      await session.commit();
      await Team.update({ motto: "new" }, { where: { id } });
      statements.length = 0;
      assert.equal(await session.get(Team, id), team);
      assert.equal(statements.length > 0, expireOnCommit);
      assert.equal(team?.motto, expireOnCommit ? "new" : "old");
      await session.close();
    }
    const session = sessions({ expireOnCommit: true });
    await session.get(Team, id);
    await session.commit();
    await Team.destroy({ where: { id } });
    assert.equal(await session.get(Team, id), null);
    await session.close();
  });

  it("read-only sessions read, and write nothing", async ({
    sessions,
    models: { Team },
  }) => {
    await Team.create({ name: "t" });
    const session = sessions({ readOnly: true });
    const [team] = await session.findAll(Team);
    assert.ok(team);
    team.motto = "changed";
    await rejection(session.flush(), SessionStateError);
    await session.rollback();
    await assert.rejects(
      session.execute("INSERT INTO teams (name) VALUES ('x')"),
      /read-?only/,
    );
    await session.close();
    assert.equal(await Team.count(), 1);
  });

  it("the isolation level reaches the database", async ({ sessions }) => {
    for (const isolationLevel of ["SERIALIZABLE", "REPEATABLE READ"] as const) {
      await sessions.begin(
        async (session) => {
          if (!isPostgres) {
            await session.execute("SELECT 1");
            return;
          }
          const result = await session.execute("SHOW transaction_isolation");
          assert.equal(result.scalarOne(), isolationLevel.toLowerCase());
        },
        { isolationLevel },
      );
    }
  });

  it("Sequelize calls of one's own take part in the transaction", async ({
    engine,
    sessions,
    models: { Team },
  }) => {
    await assert.rejects(
      sessions.begin(async (session) => {
        const transaction = session.currentTransaction;
        assert.ok(transaction);
        await Team.create({ name: "a" }, { transaction });
        session.add(Team.build({ name: "b" }));
        await session.run((own) =>
          Team.update({ motto: "all" }, { where: {}, transaction: own }),
        );
        const rows = await engine.sequelize.query(
          "SELECT * FROM teams WHERE motto = 'all'",
          { transaction, type: QueryTypes.SELECT },
        );
        assert.equal(rows.length, 2);
        throw new Error("undo");
      }),
      /undo/,
    );
    assert.equal(await Team.count(), 0);
  });

  it("a failure that nobody saw does not turn COMMIT into a silent rollback", async ({
    sessions,
    models: { Team },
  }) => {
    const work = sessions.begin(async (session) => {
      session.add(Team.build({ name: "a" }));
      await session.flush();
      const transaction = session.currentTransaction;
      assert.ok(transaction);
      await Team.create({ name: "a" }, { transaction }).catch(() => undefined);
    });
    if (isPostgres) {
      const error = await rejection(work, DatabaseError);
      assert.match(error.message, /rolled back instead of committed/);
    } else await work;
    assert.equal(await Team.count(), isPostgres ? 0 : 1);
  });

  it("a COMMIT that fails surfaces, restores the objects and closes the session", async ({
    engine,
    sessions,
    models: { Team },
  }) => {
    await engine.sequelize.query(
      "CREATE TABLE notes (team_id INT REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED)",
    );
    const seen: string[] = [];
    const session = sessions();
    const team = session.add(Team.build({ name: "t" }));
    session.afterCommit(() => seen.push("callback"));
    await session.execute("INSERT INTO notes (team_id) VALUES ($1)", [404]);
    const error = await rejection(session.commit(), Error);
    assert.match(error.message, /foreign key/i);
    assert.deepEqual(seen, []);
    assert.equal(team.isNewRecord, true);
    assert.equal(engine.pool.checkedOut(), 0);
    const closed = await rejection(session.count(Team), SessionClosedError);
    assert.match(closed.message, /COMMIT failed/);
    assert.equal(closed.cause, error);
    await session.rollback().catch(() => undefined);
    await session.close();
    assert.equal(await Team.count(), 0);
  });
}

test("the server of this file ends", stopOwnServer);
test.run();
