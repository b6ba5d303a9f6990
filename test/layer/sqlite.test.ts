import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  QueryTypes,
} from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { engineFor, withSqliteFile } from "../support/engines.ts";

const run = promisify(execFile);

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("Expected a failure, got none.");
}

async function scalar(engine: Engine, sql: string): Promise<unknown> {
  const [row] = await engine.sequelize.query<object>(sql, {
    type: QueryTypes.SELECT,
  });
  return row === undefined ? undefined : Object.values(row)[0];
}

async function withMemory(
  work: (engine: Engine) => Promise<void>,
): Promise<void> {
  const engine = engineFor({ url: "sqlite:///:memory:", poolTimeout: 2 });
  try {
    await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function addInTransaction(engine: Engine): Promise<void> {
  await engine.begin(async (transaction) => {
    await engine.sequelize.query("INSERT INTO entries (n) VALUES (1)", {
      transaction,
    });
    await engine.sequelize.query(
      "INSERT INTO entries (n) SELECT count(*) FROM entries",
      { transaction },
    );
  });
}

test("50 write transactions side by side all succeed, and the event loop stays free", async () => {
  await withSqliteFile(async (engine) => {
    await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
    await addInTransaction(engine);
    const loop = monitorEventLoopDelay({ resolution: 5 });
    loop.enable();
    await Promise.all(
      Array.from({ length: 50 }, () => addInTransaction(engine)),
    );
    loop.disable();
    assert.is(await scalar(engine, "SELECT count(*) FROM entries"), 102);
    assert.ok(
      loop.max / 1e6 < 50 + 5,
      `blocked for ${(loop.max / 1e6).toFixed(1)} ms`,
    );
  });
});

test("readers go on while a transaction writes", async () => {
  await withSqliteFile(async (engine) => {
    await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
    await engine.begin(async (transaction) => {
      await engine.sequelize.query("INSERT INTO entries VALUES (1)", {
        transaction,
      });
      assert.is(await scalar(engine, "SELECT count(*) FROM entries"), 0);
    });
    assert.is(await scalar(engine, "SELECT count(*) FROM entries"), 1);
  });
});

test("four processes that write lose nothing", async () => {
  await withSqliteFile(async (engine, file) => {
    await engine.sequelize.query("CREATE TABLE counter (n INTEGER)");
    await engine.sequelize.query("INSERT INTO counter VALUES (0)");
    const writer = join(import.meta.dirname, "sqlite-writer.ts");
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () =>
        run(process.execPath, ["--import", "tsx", writer, file, "50"]),
      ),
    );
    assert.equal(
      outcomes.map(({ stdout }) => stdout.trim()),
      ["0", "0", "0", "0"],
    );
    assert.is(await scalar(engine, "SELECT n FROM counter"), 200);
  });
});

test("another process's lock is waited for without blocking a thread", async () => {
  await withSqliteFile(async (engine, file) => {
    await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
    const other = engineFor({ url: `sqlite:///${file}` });
    const holding = await other.sequelize.transaction();
    const loop = monitorEventLoopDelay({ resolution: 5 });
    loop.enable();
    const waiting = addInTransaction(engine);
    await delay(300);
    loop.disable();
    await holding.commit();
    await waiting;
    await other.dispose();
    assert.ok(loop.max / 1e6 < 100, `${loop.max / 1e6} ms`);
    assert.is(await scalar(engine, "SELECT count(*) FROM entries"), 2);
  });
});

test("waiting for a lock ends after busy_timeout", async () => {
  await withSqliteFile(async (_, file) => {
    const one = engineFor({ url: `sqlite:///${file}?busy_timeout=200` });
    const two = engineFor({ url: `sqlite:///${file}?busy_timeout=200` });
    const holding = await one.sequelize.transaction();
    const error = await failure(two.sequelize.transaction());
    assert.match(error.message, /SQLITE_BUSY|is locked/);
    await holding.rollback();
    await two.begin(() => Promise.resolve());
    await one.dispose();
    await two.dispose();
  });
});

test("PRAGMAs are in force on every connection, the URL overrides them", async () => {
  await withSqliteFile(
    async (engine, file) => {
      assert.is(await scalar(engine, "PRAGMA journal_mode"), "wal");
      assert.is(await scalar(engine, "PRAGMA synchronous"), 1);
      assert.is(await scalar(engine, "PRAGMA foreign_keys"), 1);
      assert.is(await scalar(engine, "PRAGMA busy_timeout"), 7000);
      await engine.begin(async (transaction) => {
        const rows = await engine.sequelize.query("PRAGMA foreign_keys", {
          transaction,
          type: QueryTypes.SELECT,
        });
        assert.equal(rows, [{ foreign_keys: 1 }]);
      });
      const other = engineFor({
        url: `sqlite:///${file}?synchronous=FULL&foreign_keys=OFF&busy_timeout=123`,
      });
      assert.is(await scalar(other, "PRAGMA synchronous"), 2);
      assert.is(await scalar(other, "PRAGMA foreign_keys"), 0);
      assert.is(await scalar(other, "PRAGMA busy_timeout"), 123);
      await other.dispose();
    },
    { connectTimeout: 7 },
  );
});

test(":memory: is one database for the whole engine", async () => {
  await withMemory(async (engine) => {
    await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
    await Promise.all(
      Array.from({ length: 20 }, () => addInTransaction(engine)),
    );
    await failure(
      engine.begin(async (transaction) => {
        await engine.sequelize.query("DELETE FROM entries", { transaction });
        throw new Error("undo");
      }),
    );
    await engine.sequelize.query("BEGIN");
    await engine.sequelize.query("INSERT INTO entries VALUES (1)");
    await engine.sequelize.query("ROLLBACK").catch(() => undefined);
    assert.ok(
      Number(await scalar(engine, "SELECT count(*) FROM entries")) >= 40,
    );
    const other = engineFor({ url: "sqlite:///:memory:" });
    assert.is(await scalar(other, "SELECT count(*) FROM sqlite_master"), 0);
    await other.dispose();
  });
});

test("a write outside of one's own transaction waits for itself, and the error says so", async () => {
  await withSqliteFile(
    async (engine) => {
      await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
      const error = await failure(
        engine.begin(async () => {
          await engine.sequelize.query("INSERT INTO entries VALUES (1)");
        }),
      );
      assert.is((error as Error & { code?: string }).code, "POOL_TIMEOUT");
      assert.match(error.message, /Pass the transaction on/);
      await addInTransaction(engine);
    },
    { poolTimeout: 0.2 },
  );
});

test("a read-only transaction cannot write, and the next one can", async () => {
  const check = async (engine: Engine): Promise<void> => {
    await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
    const error = await failure(
      engine.begin(
        async (transaction) => {
          await engine.sequelize.query("INSERT INTO entries VALUES (1)", {
            transaction,
          });
        },
        { readOnly: true },
      ),
    );
    assert.match(error.message, /readonly/);
    await addInTransaction(engine);
  };
  await withSqliteFile(check);
  await withMemory(check);
});

test("after dispose the file is all there is: nothing is open, the log is in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bento-sqlite-"));
  const engine = engineFor({ url: `sqlite:///${join(folder, "app.db")}` });
  await engine.sequelize.query("CREATE TABLE entries (n INTEGER)");
  await Promise.all(
    Array.from({ length: 5 }, () => scalar(engine, "SELECT 1")),
  );
  await engine.dispose();
  assert.equal(readdirSync(folder), ["app.db"]);
  rmSync(folder, { recursive: true });
});

test("a missing folder is named, and works as soon as it is there", async () => {
  const root = mkdtempSync(join(tmpdir(), "bento-sqlite-"));
  const folder = join(root, "missing");
  const engine = engineFor({ url: `sqlite:///${join(folder, "app.db")}` });
  for (let turn = 0; turn < 3; turn++) {
    const error = await failure(engine.sequelize.query("SELECT 1"));
    assert.ok(error.message.includes(`The folder ${folder} does not exist`));
  }
  mkdirSync(folder);
  await engine.sequelize.query("SELECT 1");
  await engine.dispose();
  rmSync(root, { recursive: true });
});

class Item extends Model<InferAttributes<Item>, InferCreationAttributes<Item>> {
  declare id: number | null;
  declare name: string;
}

test("models work as Sequelize's documentation says", async () => {
  await withSqliteFile(async (engine) => {
    Item.init(
      {
        id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        name: { type: DataTypes.STRING, unique: true },
      },
      { sequelize: engine.sequelize, timestamps: false },
    );
    await engine.sequelize.sync();
    const one = await Item.create({ id: null, name: "one" });
    assert.is(one.id, 1);
    await Item.bulkCreate([
      { id: null, name: "two" },
      { id: null, name: "three" },
    ]);
    assert.is(await Item.count(), 3);
    assert.is((await Item.findOne({ where: { name: "two" } }))?.id, 2);
    const twice = await failure(Item.create({ id: null, name: "one" }));
    assert.is(twice.name, "SequelizeUniqueConstraintError");
  });
});

test.run();
