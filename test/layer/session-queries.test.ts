import { strict as assert } from "node:assert";
import { fn, Op } from "sequelize";
import { test } from "uvu";
import { ResultError } from "../../templates/infrastructure/database/session/session-error.ts";
import { rejection, stopOwnServer, targets } from "./session-fixtures.ts";

for (const { name, isPostgres, run } of targets) {
  const it = (title: string, work: Parameters<typeof run>[0]): void => {
    test(`${name}: ${title}`, () => run(work));
  };

  it("there is one object for each row, and known ones cost no query", async ({
    sessions,
    models: { Team, PlayerTag, Player, Tag },
    statements,
  }) => {
    await Team.create({ name: "t" });
    await sessions.begin(async (session) => {
      const team = await session.get(Team, 1);
      statements.length = 0;
      assert.equal(await session.get(Team, "1"), team);
      assert.equal(await session.get(Team, 1n), team);
      assert.equal(statements.length, 0);
      assert.equal((await session.findAll(Team))[0], team);
      assert.equal(await session.findOne(Team), team);
      assert.equal(await session.get(Team, 2), null);
      const fresh = session.add(Team.build({ name: "u" }));
      await session.flush();
      assert.equal(await session.get(Team, fresh.id), fresh);
      session.addAll([
        Player.build({ id: 1, name: "p", teamId: 1 }),
        Tag.build({ code: "x" }),
        PlayerTag.build({ playerId: 1, tagCode: "x", weight: 1 }),
      ]);
      await session.flush();
      session.expunge(
        (await session.get(PlayerTag, { playerId: 1, tagCode: "x" })) ??
          assert.fail(),
      );
      const pair = await session.get(PlayerTag, { playerId: 1, tagCode: "x" });
      assert.equal(pair?.weight, 1);
      assert.equal(
        await session.get(PlayerTag, { tagCode: "x", playerId: 1 }),
        pair,
      );
      await assert.rejects(
        session.get(PlayerTag, { playerId: 1 }),
        /playerId, tagCode, got no value for tagCode/,
      );
    });
  });

  it("reading again brings news, but keeps what was changed here", async ({
    sessions,
    models: { Team },
  }) => {
    await Team.create({ name: "t", motto: "old" });
    const session = sessions({ autoflush: false });
    const team = await session.get(Team, 1);
    assert.ok(team);
    team.name = "mine";
    await session.execute("UPDATE teams SET name = $1, motto = $2", ["x", "y"]);
    await session.findAll(Team);
    assert.deepEqual([team.name, team.motto], ["mine", "y"]);
    assert.deepEqual(team.changed(), ["name"]);
    assert.equal(team.previous("name"), "x");
    await session.refresh(team);
    assert.equal(team.name, "x");
    assert.deepEqual(session.dirty, []);
    await session.close();
  });

  it("objects read in part stay apart, and are still watched", async ({
    sessions,
    models: { Team },
  }) => {
    await Team.create({ name: "t", motto: "secret" });
    await sessions.begin(async (session) => {
      const whole = await session.get(Team, 1);
      const part = await session.findOne(Team, { attributes: ["id", "name"] });
      assert.ok(part);
      assert.notEqual(part, whole);
      assert.equal(part.motto, undefined);
      part.name = "renamed";
      await session.flush();
      await session.findAll(Team);
      assert.equal(whole?.name, "renamed");
      const [counted] = await session.findAll(Team, {
        attributes: [[fn("COUNT", "*"), "n"]],
        raw: true,
      });
      assert.equal(Number(Reflect.get(counted ?? {}, "n")), 1);
    });
  });

  it("included objects belong to the session as well", async ({
    sessions,
    models: { Team, Player },
  }) => {
    await Team.create({ name: "t" });
    await Player.bulkCreate([
      { name: "a", teamId: 1 },
      { name: "b", teamId: 1 },
    ]);
    await sessions.begin(async (session) => {
      const a = await session.findOne(Player, { where: { name: "a" } });
      const team = await session.get(Team, 1, {
        include: [{ model: Player, as: "players" }],
      });
      assert.equal(team?.players?.length, 2);
      assert.ok(team.players.includes(a ?? assert.fail()));
      const b = team.players.find((player) => player.name === "b");
      assert.ok(b);
      b.score = 5;
      assert.deepEqual(session.dirty, [b]);
      await session.flush();
      assert.equal(
        await session.count(Player, { where: { score: { [Op.gt]: 0 } } }),
        1,
      );
    });
  });

  it("autoflush lets queries see what is pending; without it they do not", async ({
    sessions,
    models: { Team },
  }) => {
    const session = sessions();
    session.add(Team.build({ name: "a" }));
    assert.equal(await session.count(Team), 1);
    session.add(Team.build({ name: "b" }));
    assert.equal((await session.findAll(Team)).length, 2);
    session.add(Team.build({ name: "c" }));
    const counted = await session.execute("SELECT COUNT(*) AS n FROM teams");
    assert.equal(Number(counted.scalarOne()), 3);
    await session.close();
    const lazy = sessions({ autoflush: false });
    lazy.add(Team.build({ name: "a" }));
    assert.equal(await lazy.count(Team), 0);
    await lazy.commit();
    assert.equal(await lazy.count(Team), 1);
    await lazy.close();
  });

  it("execute returns rows and counts, whatever the statement", async ({
    sessions,
  }) => {
    await sessions.begin(async (session) => {
      const insert = await session.execute(
        "INSERT INTO teams (name, motto) VALUES ($1, $2), ($3, $2)",
        ["a", "m", "b"],
      );
      assert.equal(insert.rowCount, 2);
      assert.deepEqual(insert.all(), []);
      const returned = await session.execute<{ id: number; name: string }>(
        "INSERT INTO teams (name) VALUES ($name) RETURNING id, name",
        { name: "it's $2 'RETURNING'" },
      );
      assert.equal(returned.one().name, "it's $2 'RETURNING'");
      assert.equal(returned.scalarOne(), returned.one().id);
      const update = "UPDATE teams SET motto = 'n' WHERE motto = $1";
      assert.equal((await session.execute(update, ["m"])).rowCount, 2);
      assert.equal((await session.execute(update, ["m"])).rowCount, 0);
      const gone = await session.execute<{ name: string }>(
        "-- a comment\nDELETE FROM teams WHERE name IN ('a', 'b') RETURNING name",
      );
      assert.deepEqual(gone.scalars().sort(), ["a", "b"]);
      assert.equal(gone.rowCount, 2);
      const moved = await session.execute(
        "WITH old AS (SELECT name FROM teams) INSERT INTO teams (name) SELECT name || '(2)' FROM old",
      );
      assert.equal(moved.rowCount, 1);
      const rows = await session.execute<{ id: number; name: string }>(
        "WITH x AS (SELECT * FROM teams) SELECT id, name FROM x WHERE name <> 'insert into' ORDER BY id",
      );
      assert.equal(rows.rowCount, 2);
      assert.equal([...rows].length, 2);
      assert.equal(rows.first()?.name, "it's $2 'RETURNING'");
      const error = await rejection(
        Promise.resolve().then(() => rows.one()),
        ResultError,
      );
      assert.match(error.message, /exactly one row, got 2/);
      const none = await session.execute("SELECT id FROM teams WHERE 1 = 0");
      assert.equal(none.first(), undefined);
      assert.throws(() => none.scalarOne(), ResultError);
      assert.equal(
        (await session.execute("-- all of them\nDELETE FROM teams")).rowCount,
        2,
      );
      await session.execute("CREATE TABLE other (id INT)");
      if (isPostgres) {
        const tables = await session.execute<{ table_name: string }>(
          "SELECT table_name FROM information_schema.tables WHERE table_name = 'teams'",
        );
        assert.deepEqual(tables.all(), [{ table_name: "teams" }]);
      }
    });
  });

  it("bound values arrive as they are, and are never part of the SQL", async ({
    sessions,
    models: { Sample },
  }) => {
    const moment = new Date("2024-05-06T07:08:09.012Z");
    await sessions.begin(async (session) => {
      const evil = "'; DROP TABLE samples; --";
      const sample = session.add(
        Sample.build({ label: evil, moment, flag: true, payload: { a: 1 } }),
      );
      const found = await session.execute(
        'SELECT "key" FROM samples WHERE label = $label AND moment = $moment AND flag = $flag',
        { label: evil, moment, flag: true },
      );
      assert.equal(found.scalarOne(), sample.key);
      const later = await session.execute(
        "SELECT COUNT(*) AS n FROM samples WHERE moment > $1",
        [new Date(moment.getTime() - 1)],
      );
      assert.equal(Number(later.scalarOne()), 1);
      await session.execute(
        'UPDATE samples SET moment = $1, payload = $2, secret = $3 WHERE "key" = $4',
        [new Date(0), { b: [2] }, null, sample.key],
      );
      await session.refresh(sample);
      assert.equal(sample.moment?.getTime(), 0);
      assert.deepEqual(sample.payload, { b: [2] });
      assert.equal(sample.secret, null);
    });
  });

  it("locks and a missing row", async ({ sessions, models: { Team } }) => {
    await Team.create({ name: "t" });
    await sessions.begin(async (session) => {
      const team = await session.get(Team, 1);
      assert.equal(await session.get(Team, 1, { lock: true }), team);
      await session.execute("DELETE FROM teams");
      await assert.rejects(
        session.refresh(team ?? assert.fail()),
        /does not exist anymore/,
      );
      assert.equal(await session.get(Team, 1, { lock: true }), null);
    });
  });
}

test("the server of this file ends", stopOwnServer);
test.run();
