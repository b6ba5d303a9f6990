import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createMigrator,
  type Migrator,
} from "../../templates/infrastructure/database/migrations/migrator.ts";
import type { DatabaseLayerError } from "../../templates/infrastructure/database/errors.ts";
import {
  createTable,
  databases,
  type MigrationBench,
  steps,
  withBench,
} from "../support/migrations.ts";
import { stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

const migratorOf = (bench: MigrationBench): Migrator =>
  createMigrator(bench.engine(), { folder: bench.folder });

async function failure(work: Promise<unknown>): Promise<DatabaseLayerError> {
  try {
    await work;
  } catch (error) {
    return error as DatabaseLayerError;
  }
  throw new Error("expected a failure");
}

for (const database of databases) {
  const check = (
    name: string,
    work: (bench: MigrationBench) => Promise<void>,
  ): void => {
    test(`${database}: ${name}`, () => withBench(database, work));
  };

  check(
    "applies by number, once, and undoes the newest first",
    async (bench) => {
      bench.write({
        "10-tenth": createTable("tenth"),
        "2-second": createTable("second"),
        "20260101000000-last": createTable("last"),
        "README.md": "notes",
        "2-second.d.ts": "export {};",
        "2-second.js.map": "{}",
        ".hidden": "",
      });
      const migrator = migratorOf(bench);
      assert.equal(
        (await migrator.status()).migrations.map(({ state }) => state),
        ["pending", "pending", "pending"],
      );
      const names = ["2-second", "10-tenth", "20260101000000-last"];
      assert.equal(await migrator.up(), names);
      assert.equal(await migrator.up(), []);
      const { migrations, problems } = await migrator.status();
      assert.equal(problems, []);
      assert.equal(
        migrations.map(({ name }) => name),
        names,
      );
      const age = Date.now() - Number(migrations[0]?.executedAt);
      assert.ok(age >= -2000 && age < 60_000, `executed ${age} ms ago`);
      assert.equal(await bench.tables(), ["last", "second", "tenth"]);
      assert.equal(await migrator.down(), ["20260101000000-last"]);
      assert.equal(await migrator.down({ step: 2 }), ["10-tenth", "2-second"]);
      assert.equal(await migrator.down(), []);
      assert.equal(await bench.tables(), []);
    },
  );

  check(
    "goes up to and down to a migration, by any of its spellings",
    async (bench) => {
      bench.write(
        Object.fromEntries(
          ["1-a", "2-b", "3-c", "4-d"].map((name) => [
            name,
            createTable(`t_${name.slice(2)}`),
          ]),
        ),
      );
      const migrator = migratorOf(bench);
      assert.equal(await migrator.up({ to: "2-b" }), ["1-a", "2-b"]);
      assert.equal(await migrator.up({ to: "1-a" }), []);
      assert.equal(await migrator.up({ to: "migrations/versions/3-c.ts" }), [
        "3-c",
      ]);
      assert.equal(await migrator.down({ to: "2-b.js" }), ["3-c", "2-b"]);
      assert.match(
        (await failure(migrator.down({ to: "4-d" }))).message,
        /4-d has not been applied/,
      );
      assert.match(
        (await failure(migrator.up({ to: "5-e" }))).message,
        /no migration "5-e".*4-d/,
      );
      assert.match(
        (await failure(migrator.down({ to: "1-a", step: 1 }))).message,
        /exclude each other/,
      );
      for (const step of [0, -1, 1.5, NaN]) {
        assert.match(
          (await failure(migrator.down({ step }))).message,
          /whole number from 1/,
        );
      }
      assert.equal(await migrator.up(), ["2-b", "3-c", "4-d"]);
      assert.equal(await migrator.down({ to: "0" }), [
        "4-d",
        "3-c",
        "2-b",
        "1-a",
      ]);
    },
  );

  check("runs thirty, and an older one that came later", async (bench) => {
    const names = Array.from({ length: 30 }, (_, index) => `${index + 100}-m`);
    bench.write(
      Object.fromEntries(
        names.map((name) => [name, createTable(`t${name.slice(0, 3)}`)]),
      ),
    );
    const migrator = migratorOf(bench);
    assert.equal(await migrator.up(), names);
    bench.write({ "99-late": createTable("late") });
    assert.equal(await migrator.up(), ["99-late"]);
    assert.equal(await migrator.down({ to: "0" }), [
      ...names.reverse(),
      "99-late",
    ]);
    assert.equal(await bench.tables(), []);
  });

  check(
    "leaves nothing of a migration that fails, and says which, why and what next",
    async (bench) => {
      bench.write({
        "1-good": createTable("good"),
        "2-bad": steps(`
        await queryInterface.createTable("half", { id: { type: DataTypes.INTEGER, primaryKey: true } });
        await sql("INSERT INTO good (text) VALUES ($1)", ["lost"]);
        await sql("INSERT INTO nowhere VALUES (1)");`),
        "3-later": createTable("later"),
      });
      const migrator = migratorOf(bench);
      const error = await failure(migrator.up());
      assert.is(error.code, "MIGRATION_FAILED");
      assert.match(
        error.message,
        /^Migration 2-bad could not be applied: .*nowhere/,
      );
      assert.match(
        error.message,
        /nothing of it was kept.*Correct the file and run db:migrate again/,
      );
      assert.ok(error.cause instanceof Error);
      assert.equal(await bench.tables(), ["good"]);
      assert.equal(await bench.rows("SELECT * FROM good"), []);
      assert.equal(
        (await migrator.status()).migrations.map(({ state }) => state),
        ["applied", "pending", "pending"],
      );
      bench.write({ "2-bad": createTable("mended") });
      // The file is loaded once a process, as every module.
      assert.is((await failure(migrator.up())).code, "MIGRATION_FAILED");
    },
  );

  check("undoes nothing of a rollback that fails", async (bench) => {
    bench.write({
      "1-a": steps(
        `await queryInterface.createTable("kept", { id: { type: DataTypes.INTEGER, primaryKey: true } });`,
        `await queryInterface.dropTable("kept"); throw new Error("not today");`,
      ),
    });
    const migrator = migratorOf(bench);
    await migrator.up();
    const { message } = await failure(migrator.down());
    assert.match(message, /1-a could not be rolled back: not today/);
    assert.equal(await bench.tables(), ["kept"]);
    assert.is((await migrator.status()).migrations[0]?.state, "applied");
  });

  check(
    "keeps every statement inside its transaction without being told",
    async (bench) => {
      bench.write({
        "1-a": steps(`
        await queryInterface.createTable("parent", { id: { type: DataTypes.INTEGER, primaryKey: true }, old: { type: DataTypes.TEXT }, kind: { type: DataTypes.STRING(8) } });
        await queryInterface.createTable("child", {
          id: { type: DataTypes.INTEGER, primaryKey: true },
          parent_id: { type: DataTypes.INTEGER, references: { model: "parent", key: "id" }, onDelete: "CASCADE" },
        });
        await queryInterface.bulkInsert("parent", [{ id: 1, old: "x", kind: "a" }, { id: 2, old: "y", kind: "b" }]);
        await queryInterface.bulkInsert("child", [{ id: 1, parent_id: 1 }]);`),
        "2-b": steps(`
        await queryInterface.addColumn("parent", "fresh", { type: DataTypes.TEXT });
        await queryInterface.bulkUpdate("parent", { fresh: "z" }, { id: 1 });
        await queryInterface.addIndex("parent", ["fresh"], { name: "fresh_index" });
        await queryInterface.renameColumn("parent", "old", "older");
        await queryInterface.changeColumn("parent", "kind", { type: DataTypes.STRING(20), allowNull: true });
        await queryInterface.addConstraint("parent", { fields: ["kind"], type: "unique", name: "one_kind" });
        await queryInterface.removeConstraint("parent", "one_kind");
        await queryInterface.bulkDelete("parent", { id: 2 });
        await queryInterface.describeTable("parent");
        await queryInterface.showIndex("parent");
        if ((await queryInterface.tableExists("parent")) === false) throw new Error("not seen");
        const rows = await sql("SELECT older FROM parent WHERE id = $1", [1]);
        if (rows[0].older !== "x") throw new Error("rows: " + JSON.stringify(rows));
        const found = await sequelize.query("SELECT count(*) AS n FROM child", { type: QueryTypes.SELECT });
        if (Number(found[0].n) !== 1) throw new Error("children lost: " + JSON.stringify(found));
        await queryInterface.removeIndex("parent", "fresh_index");
        await queryInterface.removeColumn("parent", "fresh");
        await queryInterface.renameTable("parent", "elder");
        await queryInterface.createTable("more", { id: { type: DataTypes.INTEGER, primaryKey: true } });
        await queryInterface.rawSelect("elder", { where: { id: 1 } }, "id");
        if (globalThis.failing) throw new Error("now undo all of it");`),
      });
      // One connection in all: a statement outside the transaction would wait for ever.
      const engine = bench.engine({
        poolSize: 1,
        maxOverflow: 0,
        poolTimeout: 5,
      });
      const migrator = createMigrator(engine, { folder: bench.folder });
      await migrator.up({ to: "1-a" });
      Object.assign(globalThis, { failing: true });
      const error = await failure(migrator.up());
      Object.assign(globalThis, { failing: false });
      assert.match(error.message, /now undo all of it/);
      assert.equal(await bench.tables(), ["child", "parent"]);
      assert.equal(
        await bench.rows("SELECT id, old, kind FROM parent ORDER BY id"),
        [
          { id: 1, old: "x", kind: "a" },
          { id: 2, old: "y", kind: "b" },
        ],
      );
      assert.equal(await migrator.up(), ["2-b"]);
      assert.equal(await bench.tables(), ["child", "elder", "more"]);
      assert.equal(await bench.rows("SELECT * FROM child"), [
        { id: 1, parent_id: 1 },
      ]);
      // Foreign keys hold again afterwards.
      const broken = await failure(
        engine.sequelize.query("INSERT INTO child VALUES (2, 77)"),
      );
      assert.match(broken.name, /ForeignKeyConstraintError/);
    },
  );

  check(
    "makes a transaction inside a migration a savepoint of it",
    async (bench) => {
      bench.write({
        "1-a": steps(`
        await queryInterface.createTable("kept", { id: { type: DataTypes.INTEGER, primaryKey: true } });
        await sequelize.transaction(async () => {
          await sql("INSERT INTO kept VALUES (1)");
          throw new Error("only this");
        }).catch(() => undefined);
        const inner = await sequelize.transaction();
        await sql("INSERT INTO kept VALUES (2)");
        await inner.commit();
        if (transaction === null) throw new Error("no transaction");
      `),
      });
      await migratorOf(bench).up();
      assert.equal(await bench.rows("SELECT id FROM kept"), [{ id: 2 }]);
    },
  );

  check(
    "reports changed and missing files, and goes on unless told otherwise",
    async (bench) => {
      bench.write({ "1-a": createTable("a"), "2-b": createTable("b") });
      await migratorOf(bench).up();
      bench.write({
        "1-a": `${createTable("a")}// changed\n`,
        "3-c": createTable("c"),
      });
      bench.remove("2-b.ts");
      const strict = createMigrator(bench.engine(), {
        folder: bench.folder,
        onDrift: "error",
      });
      const error = await failure(strict.up());
      assert.is(error.code, "MIGRATIONS_DRIFTED");
      assert.match(
        error.message,
        /1-a was changed[^]*2-b was applied, and its file is missing/,
      );
      const quiet = createMigrator(bench.engine(), {
        folder: bench.folder,
        onDrift: "ignore",
      });
      await quiet.up({ to: "1-a" });
      assert.equal(bench.warnings, []);
      const migrator = migratorOf(bench);
      const { migrations, problems } = await migrator.status();
      assert.equal(
        migrations.map(({ state }) => state),
        ["changed", "missing", "pending"],
      );
      assert.is(problems.length, 2);
      assert.equal(await migrator.up(), ["3-c"]);
      assert.is(bench.warnings.length, 2);
      const undone = await failure(migrator.down({ step: 2 }));
      assert.match(
        undone.message,
        /Nothing was rolled back: the file of 2-b is missing/,
      );
      assert.equal(await migrator.down(), ["3-c"]);
    },
  );

  check("does not call other line endings a change", async (bench) => {
    bench.write({ "1-a": createTable("a") });
    await migratorOf(bench).up();
    bench.write({ "1-a": createTable("a").replaceAll("\n", "\r\n") });
    assert.equal((await migratorOf(bench).status()).problems, []);
  });

  check("takes .ts and compiled .js for one migration", async (bench) => {
    const compiled = `export const up = async ({ sql }) => { await sql("CREATE TABLE from_js (id INTEGER)"); };
export const down = async ({ sql }) => { await sql("DROP TABLE from_js"); };
`;
    bench.write({
      "1-a.ts": createTable("from_ts"),
      "1-a.js": compiled,
      "2-b.js": compiled,
    });
    const migrator = migratorOf(bench);
    assert.equal(await migrator.up(), ["1-a", "2-b"]);
    assert.equal(await bench.tables(), ["from_js", "from_ts"]);
    bench.remove("1-a.ts");
    assert.equal(await migrator.up(), []);
    assert.equal((await migrator.status()).problems, []);
  });

  check(
    "refuses files that cannot be migrations, all at once and before anything runs",
    async (bench) => {
      bench.write({
        "1-good": createTable("good"),
        "2-no-down": "export const up = async () => {};",
        "3-no-up": "export const down = async () => {};",
        "4-odd": `${steps("")}export const transaction = "no";\nexport const transactions = false;`,
        "5-syntax": "export const = ;",
      });
      const migrator = migratorOf(bench);
      const error = await failure(migrator.up());
      assert.is(error.code, "MIGRATIONS_INVALID");
      for (const expected of [
        /2-no-down\.ts does not export a function down\./,
        /3-no-up\.ts does not export a function up\./,
        /4-odd\.ts exports a transaction that is neither true nor false, and exports transactions, where only/,
        /5-syntax\.ts cannot be loaded: /,
      ]) {
        assert.match(error.message, expected);
      }
      assert.is((await migrator.status()).problems.length, 4);
      assert.equal(await bench.tables(), []);
      bench.write({
        "create-users": createTable("users"),
        "6-x.sql": "",
        "6-x y": "",
        "0001-again": createTable("again"),
      });
      const { message } = await failure(migrator.up());
      for (const name of ["create-users.ts", "6-x.sql", "6-x y.ts"]) {
        assert.match(message, `${name}: expected a name such as`);
      }
      assert.match(
        message,
        /1-good and 0001-again have the same number|0001-again and 1-good have/,
      );
    },
  );

  check("writes no table and needs none to tell the status", async (bench) => {
    bench.write({ "1-a": createTable("a") });
    const { migrations } = await migratorOf(bench).status();
    assert.is(migrations[0]?.state, "pending");
    const engine = bench.engine();
    const tables = await engine.sequelize.getQueryInterface().showAllTables();
    assert.equal(tables, []);
  });

  check("keeps its records in the table it is told", async (bench) => {
    bench.write({ "1-a": createTable("a") });
    const table = "Our_History";
    const migrator = createMigrator(bench.engine(), {
      folder: bench.folder,
      table,
    });
    assert.equal(await migrator.up(), ["1-a"]);
    const [row] = await bench.rows(`SELECT * FROM "Our_History"`);
    assert.is(row?.name, "1-a");
    assert.is(row?.extension, ".ts");
    assert.is(String(row?.checksum).length, 64);
    for (const wrong of ["", "a b", `x"; DROP TABLE a; --`, "a.b"]) {
      assert.throws(
        () => createMigrator(bench.engine(), { table: wrong }),
        /expected letters, digits and _/,
      );
    }
  });

  check("says what is missing when there is no folder", async (bench) => {
    const migrator = createMigrator(bench.engine(), {
      folder: `${bench.folder}-elsewhere`,
    });
    const { message } = await failure(migrator.up());
    assert.match(
      message,
      /migrations are expected in .*-elsewhere.*pass \{ folder \}/,
    );
  });
}

test("postgresql: a migration may opt out of the transaction", () =>
  withBench("postgresql", async (bench) => {
    bench.write({
      "1-a": createTable("big"),
      "2-index": steps(
        `if (transaction !== null) throw new Error("in a transaction");
        await sql("CREATE INDEX CONCURRENTLY big_text ON big (text)");`,
        `await sql("DROP INDEX CONCURRENTLY big_text");`,
        "export const transaction = false;",
      ),
      "3-half": steps(
        `await sql("CREATE TABLE half (id int)"); await sql("SELECT nothing");`,
        "",
        "export const transaction = false;",
      ),
    });
    const migrator = createMigrator(bench.engine(), { folder: bench.folder });
    const error = await failure(migrator.up());
    assert.match(error.message, /3-half could not be applied: .*\(42703\)/);
    assert.match(error.message, /what it did before the error is still there/);
    assert.equal(await bench.tables(), ["big", "half"]);
    assert.equal(await migrator.down(), ["2-index"]);
  }));

test("sqlite: a migration may opt out of the transaction", () =>
  withBench("sqlite", async (bench) => {
    bench.write({
      "1-vacuum": steps(
        `await sql("VACUUM");`,
        "",
        "export const transaction = false;",
      ),
    });
    const migrator = createMigrator(bench.engine(), { folder: bench.folder });
    assert.equal(await migrator.up(), ["1-vacuum"]);
  }));

test("sqlite: a migration that leaves references to nothing is undone", () =>
  withBench("sqlite", async (bench) => {
    bench.write({
      "1-a": steps(`
        await sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        await sql("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))");
        await sql("INSERT INTO parent VALUES (1)");
        await sql("INSERT INTO child VALUES (1)");`),
      "2-b": steps(`await sql("DELETE FROM parent");`),
    });
    const migrator = createMigrator(bench.engine(), { folder: bench.folder });
    const { message } = await failure(migrator.up());
    assert.match(
      message,
      /2-b could not be applied: it leaves 1 rows that refer to rows which do not exist: .*child/,
    );
    assert.equal(await bench.rows("SELECT * FROM parent"), [{ id: 1 }]);
  }));

test("sqlite: a database in memory is migrated too", () =>
  withBench("sqlite", async (bench) => {
    bench.write({ "1-a": createTable("a") });
    const engine = bench.engine({ url: "sqlite:///:memory:" });
    assert.equal(await createMigrator(engine, { folder: bench.folder }).up(), [
      "1-a",
    ]);
    const [rows] = await engine.sequelize.query("SELECT * FROM a");
    assert.equal(rows, []);
  }));

test.run();
