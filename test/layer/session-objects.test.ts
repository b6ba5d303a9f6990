import { strict as assert } from "node:assert";
import {
  ForeignKeyConstraintError,
  literal,
  UniqueConstraintError,
  ValidationError,
} from "sequelize";
import { test } from "uvu";
import {
  SessionFailedError,
  SessionStateError,
} from "../../templates/infrastructure/database/session/session-error.ts";
import { rejection, stopOwnServer, targets } from "./session-fixtures.ts";

const inserts = (statements: readonly string[]): string[] =>
  statements.filter((sql) => sql.startsWith("INSERT"));

for (const { name, run } of targets) {
  const it = (title: string, work: Parameters<typeof run>[0]): void => {
    test(`${name}: ${title}`, () => run(work));
  };

  it("1,000 new objects go in few statements and get their keys", async ({
    sessions,
    models: { Team, Player },
    statements,
  }) => {
    const team = Team.build({ name: "red" });
    const players = Array.from({ length: 1000 }, (_, index) => {
      const player = Player.build({ name: `p${index}` });
      player.team = team;
      return player;
    });
    await sessions.begin(async (session) => {
      session.addAll(players);
      await session.flush();
      assert.equal(session.new.length, 0);
    });
    assert.equal(inserts(statements).length, 2);
    assert.equal(new Set(players.map(({ id }) => id)).size, 1000);
    for (const player of players) {
      assert.equal(player.isNewRecord, false);
      assert.equal(player.changed(), false);
      assert.equal(player.teamId, team.id);
      assert.equal(player.score, 0);
      assert.ok(player.createdAt instanceof Date);
    }
    const rows = await Player.findAll({ order: ["id"] });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const player of players) {
      assert.equal(byId.get(player.id)?.name, player.name);
      assert.equal(
        byId.get(player.id)?.createdAt.getTime(),
        player.createdAt.getTime(),
      );
    }
  });

  it("keys are right when given and generated ones alternate", async ({
    sessions,
    models: { Team },
  }) => {
    const teams = Array.from({ length: 60 }, (_, index) =>
      Team.build({
        name: `t${index}`,
        ...(index % 3 === 0 && { id: 1000 + index }),
        ...(index % 4 === 0 && { motto: "go" }),
      }),
    );
    await sessions.begin(async (session) => {
      session.addAll(teams);
      await session.flush();
    });
    const rows = await Team.findAll();
    assert.equal(rows.length, 60);
    for (const team of teams) {
      const row = rows.find(({ id }) => id === team.id);
      assert.equal(row?.name, team.name);
      assert.equal(row.motto, team.motto);
    }
  });

  it("defaults of model and database, setters, JSON, dates and odd texts survive", async ({
    sessions,
    models: { Sample },
  }) => {
    const texts = ["", "it's", 'a "b"', "\\", "$1 :x ?", "ü€😀\n", "--", "%"];
    const moment = new Date("2024-02-29T23:59:59.123Z");
    const samples = texts.map((label) =>
      Sample.build({
        label,
        moment,
        flag: true,
        secret: "x",
        payload: { label, list: [1, null, { deep: "'" }] },
      }),
    );
    await sessions.begin(async (session) => {
      session.addAll(samples);
      await session.flush();
    });
    for (const sample of samples) {
      assert.equal(sample.secret, "<x>");
      assert.equal(sample.computed, 42);
      assert.equal(sample.amount, 7);
      const row = await Sample.findByPk(sample.key, { rejectOnEmpty: true });
      assert.equal(row.label, sample.label);
      assert.equal(row.secret, "<x>");
      assert.equal(row.computed, 42);
      assert.equal(row.flag, true);
      assert.deepEqual(row.payload, sample.payload);
      assert.equal(row.moment?.getTime(), moment.getTime());
    }
  });

  it("a default that only the database knows comes back", async ({
    engine,
    sessions,
    models: { Team },
  }) => {
    await engine.sequelize.query("DROP TABLE IF EXISTS players");
    await engine.sequelize.query("DELETE FROM teams");
    const id =
      engine.strategy.databaseType === "sqlite"
        ? "INTEGER PRIMARY KEY AUTOINCREMENT"
        : "SERIAL PRIMARY KEY";
    await engine.sequelize.query("ALTER TABLE teams RENAME TO old_teams");
    await engine.sequelize.query(
      `CREATE TABLE teams (id ${id}, name TEXT NOT NULL, motto TEXT DEFAULT 'onwards')`,
    );
    const teams = [1, 2, 3].map((n) => Team.build({ name: `t${n}` }));
    const own = Team.build({ name: "own", motto: null });
    await sessions.begin(async (session) => {
      session.addAll([...teams, own]);
      await session.flush();
    });
    assert.deepEqual(
      [...teams, own].map(({ motto }) => motto),
      ["onwards", "onwards", "onwards", null],
    );
  });

  it("parents come before children, whatever the order of addition", async ({
    sessions,
    models: { Team, Player, Tag, PlayerTag },
    statements,
  }) => {
    await sessions.begin(async (session) => {
      session.add(PlayerTag.build({ playerId: 5, tagCode: "fast" }));
      session.add(Player.build({ id: 5, name: "p", teamId: 9 }));
      session.add(Tag.build({ code: "fast" }));
      session.add(Team.build({ id: 9, name: "t" }));
      await session.flush();
      const tables = inserts(statements).map(
        (sql) => /INTO [`"](\w+)/.exec(sql)?.[1],
      );
      assert.equal(tables.length, 4);
      assert.ok(tables.indexOf("teams") < tables.indexOf("players"));
      assert.ok(tables.indexOf("players") < tables.indexOf("player_tags"));
      assert.ok(tables.indexOf("tags") < tables.indexOf("player_tags"));
      statements.length = 0;
      const stored = [
        ...(await session.findAll(Team)),
        ...(await session.findAll(PlayerTag)),
        ...(await session.findAll(Tag)),
        ...(await session.findAll(Player)),
      ];
      for (const instance of stored) session.delete(instance);
      await session.flush();
      const deleted = statements
        .filter((sql) => sql.startsWith("DELETE"))
        .map((sql) => /FROM [`"](\w+)/.exec(sql)?.[1]);
      assert.equal(deleted.length, 4);
      assert.equal(deleted[0], "player_tags");
      assert.ok(deleted.indexOf("players") < deleted.indexOf("teams"));
    });
    assert.equal(await Team.count(), 0);
  });

  it("associated objects are followed: assigned, built in, to many and through a table", async ({
    sessions,
    models: { Team, Player, Tag, PlayerTag },
  }) => {
    const team = Team.build(
      {
        name: "blue",
        players: [{ name: "a" }, { name: "b" }],
      } as never,
      { include: [{ model: Player, as: "players" }] },
    );
    const late = Player.build({ name: "late" });
    late.team = team;
    late.tags = [Tag.build({ code: "x" }), Tag.build({ code: "y" })];
    Reflect.set(late.tags[0] ?? {}, "PlayerTag", { weight: 3 });
    await sessions.begin(async (session) => {
      session.add(late);
      await session.flush();
      assert.equal(session.new.length, 0);
    });
    assert.equal(await Player.count({ where: { teamId: team.id } }), 3);
    assert.deepEqual(
      team.players?.map(({ teamId }) => teamId),
      [team.id, team.id],
    );
    const pairs = await PlayerTag.findAll({ order: ["tagCode"] });
    assert.deepEqual(
      pairs.map((pair) => pair.get({ plain: true })),
      [
        { playerId: late.id, tagCode: "x", weight: 3 },
        { playerId: late.id, tagCode: "y", weight: null },
      ],
    );
    await sessions.begin(async (session) => {
      const known = await session.get(Team, team.id);
      assert.ok(known);
      const newest = Player.build({ name: "newest" });
      newest.team = known;
      session.add(newest);
      await session.flush();
      assert.equal(newest.teamId, team.id);
    });
  });

  it("a tree of a self-referring model is written from its root", async ({
    sessions,
    models: { Employee },
    statements,
  }) => {
    const boss = Employee.build({ name: "boss" });
    const middle = [1, 2, 3].map((n) => Employee.build({ name: `m${n}` }));
    for (const one of middle) one.manager = boss;
    const low = Array.from({ length: 9 }, (_, n) => {
      const one = Employee.build({ name: `l${n}` });
      const manager = middle[n % 3];
      if (manager !== undefined) one.manager = manager;
      return one;
    });
    await sessions.begin(async (session) => {
      session.addAll([...low, ...middle, boss]);
      await session.flush();
    });
    assert.equal(inserts(statements).length, 3);
    assert.equal(await Employee.count({ where: { managerId: boss.id } }), 3);
    const keyed = [
      Employee.build({ id: 900, name: "child", managerId: 901 }),
      Employee.build({ id: 901, name: "parent" }),
    ];
    await sessions.begin(async (session) => {
      session.addAll(keyed);
      await session.flush();
      for (const one of await session.findAll(Employee)) session.delete(one);
    });
    assert.equal(await Employee.count(), 0);
  });

  it("objects that refer to one another in a circle are written in two steps", async ({
    sessions,
    models: { Country, City, Employee },
  }) => {
    const country = Country.build({ name: "Italy" });
    const city = City.build({ name: "Rome" });
    city.country = country;
    country.capital = city;
    const self = Employee.build({ name: "own boss" });
    self.manager = self;
    const [a, b] = ["a", "b"].map((name) => Employee.build({ name }));
    assert.ok(a && b);
    a.manager = b;
    b.manager = a;
    const byKey = [
      Employee.build({ id: 71, name: "x", managerId: 72 }),
      Employee.build({ id: 72, name: "y", managerId: 71 }),
    ];
    await sessions.begin(async (session) => {
      session.addAll([country, self, a, b, ...byKey]);
      await session.flush();
      assert.equal(session.dirty.length, 0);
    });
    const stored = await Country.findByPk(country.id, { rejectOnEmpty: true });
    assert.equal(stored.capitalId, city.id);
    assert.equal(city.countryId, country.id);
    const managers = await Employee.findAll({ order: ["id"] });
    const managerOf = (one: { id: number }): number | null | undefined =>
      managers.find(({ id }) => id === one.id)?.managerId;
    assert.equal(managerOf(self), self.id);
    assert.equal(managerOf(a), b.id);
    assert.equal(managerOf(b), a.id);
    assert.equal(managerOf({ id: 71 }), 72);
    assert.equal(managerOf({ id: 72 }), 71);
    await sessions.begin(async (session) => {
      for (const one of await session.findAll(Employee)) session.delete(one);
      session.delete(country);
      session.delete(city);
      await session.flush();
    });
    assert.equal(await City.count(), 0);
    assert.equal(await Employee.count(), 0);
  });

  it("changes are written as updates of the changed columns", async ({
    sessions,
    models: { Team },
    statements,
  }) => {
    const { id } = await Team.create({ name: "old", motto: "m" });
    await sessions.begin(async (session) => {
      const team = await session.get(Team, id);
      assert.ok(team);
      team.name = "new";
      assert.deepEqual(session.dirty, [team]);
      await session.flush();
      assert.deepEqual(session.dirty, []);
    });
    const [update] = statements.filter((sql) => sql.startsWith("UPDATE"));
    assert.match(update ?? "", /SET [`"]name[`"]=\S+\s+WHERE/);
    assert.equal((await Team.findByPk(id))?.name, "new");
  });

  it("invalid objects are found before anything is written", async ({
    sessions,
    models: { Team, Player },
    statements,
  }) => {
    const session = sessions();
    const team = session.add(Team.build({ name: "t" }));
    const player = Player.build({ name: "" });
    player.team = team;
    session.add(player);
    const error = await rejection(session.flush(), ValidationError);
    assert.equal(error instanceof UniqueConstraintError, false);
    assert.deepEqual(inserts(statements), []);
    player.name = "ok";
    await session.commit();
    assert.equal(await Player.count(), 1);
    await session.close();
  });

  it("after a failed flush the objects are as before, and the session wants a rollback", async ({
    sessions,
    models: { Team, Player },
  }) => {
    await Team.create({ name: "taken" });
    const kept = await Team.create({ name: "kept", motto: "m" });
    const session = sessions();
    const team = session.add(Team.build({ name: "fresh" }));
    const player = Player.build({ name: "p" });
    player.team = team;
    session.add(player);
    session.add(Team.build({ name: "taken" }));
    await rejection(
      session.findAll(Team, { where: { id: kept.id } }),
      UniqueConstraintError,
    );
    const failure = await rejection(session.flush(), SessionFailedError);
    assert.ok(failure.cause instanceof UniqueConstraintError);
    assert.match(failure.message, /name must be unique/);
    for (const instance of [team, player]) {
      assert.equal(instance.isNewRecord, true);
      assert.equal(instance.id, null);
    }
    assert.equal(player.teamId, undefined);
    assert.equal(player.createdAt, undefined);
    assert.equal(session.new.length, 3);
    await rejection(session.get(Team, 1), SessionFailedError);
    await rejection(session.commit(), SessionFailedError);
    await session.rollback();
    assert.equal(session.new.length, 0);
    session.addAll([team, player]);
    await session.commit();
    assert.equal(await Player.count(), 1);
    await session.close();
  });

  it("a foreign key that leads nowhere is the caller's error", async ({
    sessions,
    models: { Player },
  }) => {
    await rejection(
      sessions.begin((session) => {
        session.add(Player.build({ name: "p", teamId: 404 }));
        return Promise.resolve();
      }),
      ForeignKeyConstraintError,
    );
    assert.equal(await Player.count(), 0);
  });

  it("rollback makes new objects new, changed ones as stored, deleted ones known", async ({
    sessions,
    models: { Team },
  }) => {
    const first = await Team.create({ name: "first", motto: "one" });
    const second = await Team.create({ name: "second" });
    const session = sessions();
    const [a, b] = await session.findAll(Team, { order: ["id"] });
    assert.ok(a && b);
    a.motto = "two";
    session.delete(b);
    const fresh = session.add(Team.build({ name: "fresh" }));
    await session.flush();
    assert.ok(fresh.id > 0);
    a.motto = "three";
    const unwritten = session.add(Team.build({ name: "unwritten" }));
    await session.rollback();
    assert.equal(a.motto, "one");
    assert.equal(a.changed(), false);
    assert.equal(fresh.isNewRecord, true);
    assert.equal(fresh.id, null);
    assert.equal(unwritten.isNewRecord, true);
    assert.deepEqual(
      [session.new, session.dirty, session.deleted],
      [[], [], []],
    );
    await Team.update({ motto: "elsewhere" }, { where: { id: first.id } });
    assert.equal(await session.get(Team, first.id), a);
    assert.equal(a.motto, "elsewhere");
    assert.equal(await session.get(Team, second.id), b);
    a.motto = "again";
    await session.commit();
    assert.equal((await Team.findByPk(first.id))?.motto, "again");
    await session.close();
  });

  it("delete takes back an addition, refuses what was never stored, and hides the row", async ({
    sessions,
    models: { Team },
  }) => {
    const { id } = await Team.create({ name: "t" });
    const session = sessions();
    session.delete(session.add(Team.build({ name: "x" })));
    assert.deepEqual(session.new, []);
    assert.throws(() => {
      session.delete(Team.build({ name: "y" }));
    }, SessionStateError);
    const team = await session.get(Team, id);
    assert.ok(team);
    session.delete(team);
    assert.deepEqual(session.deleted, [team]);
    assert.equal(await session.get(Team, id), null);
    session.add(team);
    assert.equal(await session.get(Team, id), team);
    session.delete(team);
    await session.commit();
    assert.equal(await session.get(Team, id), null);
    await session.close();
    assert.equal(await Team.count(), 0);
  });

  it("soft deletion, optimistic locks and virtual attributes work as in Sequelize", async ({
    sessions,
    models: { Softy, Sample },
  }) => {
    const softy = Softy.build({ name: "s" });
    const sample = Sample.build({ label: "quiet" });
    await sessions.begin(async (session) => {
      session.addAll([softy, sample]);
      await session.flush();
      softy.name = "changed";
      sample.shout = "loud";
      assert.deepEqual(session.dirty, [softy]);
      await session.flush();
      assert.equal(softy.version, 1);
      session.delete(softy);
      await session.flush();
      assert.ok(softy.deletedAt instanceof Date);
      assert.equal(await session.get(Softy, softy.id), null);
      assert.ok(await session.get(Softy, softy.id, { paranoid: false }));
    });
    assert.equal(await Softy.count({ paranoid: false }), 1);
    const session = sessions();
    const mine = await session.get(Softy, softy.id, { paranoid: false });
    assert.ok(mine);
    await session.commit();
    await Softy.update(
      { version: 9 },
      { where: { id: softy.id }, paranoid: false },
    );
    mine.name = "too late";
    await assert.rejects(session.commit(), {
      name: "SequelizeOptimisticLockError",
    });
    await session.close();
  });

  it("objects of a scope are ordered and deleted like the others", async ({
    sessions,
    models: { Team, Player },
  }) => {
    Team.addScope("red", { where: { name: "red" } });
    await sessions.begin(async (session) => {
      const red = session.add(Team.build({ name: "red" }));
      const blue = session.add(Team.build({ name: "blue" }));
      await session.flush();
      session.addAll([
        Player.build({ name: "a", teamId: red.id }),
        Player.build({ name: "b", teamId: blue.id }),
      ]);
      await session.flush();
      assert.equal(await session.findOne(Team.scope("red")), red);
    });
    await sessions
      .begin(async (session) => {
        for (const team of [
          ...(await session.findAll(Team.scope("red"))),
          ...(await session.findAll(Team)),
        ]) {
          session.delete(team);
          session.delete(team);
        }
      })
      .then(
        () => {
          assert.fail("players refer to these teams");
        },
        (error: unknown) => {
          assert.ok(error instanceof ForeignKeyConstraintError);
        },
      );
    await sessions.begin(async (session) => {
      const players = await session.findAll(Player);
      const red = await session.findAll(Team.scope("red"));
      const teams = await session.findAll(Team);
      for (const each of [...red, ...teams, ...players]) session.delete(each);
    });
    assert.equal(await Team.count(), 0);
  });

  it("a key that is an SQL expression comes back, or is refused clearly", async ({
    sessions,
    models: { Tag },
  }) => {
    const tags = [1, 2].map((n) =>
      Tag.build({ code: literal(`'tag ' || ${n}`) as never }),
    );
    const work = sessions.begin((session) => {
      session.addAll(tags);
      return Promise.resolve();
    });
    if (name === "postgres") {
      await work;
      assert.deepEqual(
        tags.map(({ code }) => code),
        ["tag 1", "tag 2"],
      );
    } else {
      const error = await rejection(work, SessionStateError);
      assert.match(error.message, /DataTypes\.UUIDV4/);
    }
  });

  it("another engine's models and a second object for a row are refused", async ({
    sessions,
    models: { Team },
  }) => {
    await Team.create({ name: "t" });
    const [one, two] = [await Team.findOne(), await Team.findOne()];
    assert.ok(one && two);
    const session = sessions();
    session.add(one);
    assert.throws(() => session.add(two), /another object for Team 1/);
    session.expunge(one);
    session.add(two);
    two.motto = "watched";
    one.motto = "not watched";
    assert.deepEqual(session.dirty, [two]);
    await targets[0]?.run((other) => {
      assert.throws(
        () => session.add(other.models.Team.build({ name: "x" })),
        /another engine/,
      );
      return Promise.resolve();
    });
    await session.close();
  });
}

test("the server of this file ends", stopOwnServer);
test.run();
