import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import type { Engine } from "../engine.ts";
import { createMigrator, type Migrator } from "../migrations/migrator.ts";
import { withEngine } from "./fixtures.ts";

const table = "migrations_of_tests";

/** Migrations by name: what `up` runs. `down` drops the table `migrated`. */
async function withMigrations(
  statements: Readonly<Record<string, string>>,
  work: (migrator: Migrator, engine: Engine) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  for (const [name, statement] of Object.entries(statements)) {
    const text = `exports.up = async ({ sql }) => { await sql("${statement}"); };
exports.down = async ({ sql }) => { await sql("DROP TABLE migrated"); };
`;
    await writeFile(join(folder, `${name}.js`), text);
  }
  try {
    await withEngine(async (engine) => {
      await clean(engine);
      await work(createMigrator(engine, { folder, table }), engine);
      await clean(engine);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function clean({ sequelize }: Engine): Promise<void> {
  await sequelize.query("DROP TABLE IF EXISTS migrated");
  await sequelize.query(`DROP TABLE IF EXISTS ${table}`);
}

test("a migration is applied once, and can be undone", async () => {
  const files = { "1-create": "CREATE TABLE migrated (id INTEGER)" };
  await withMigrations(files, async (migrator, engine) => {
    assert.deepEqual(await migrator.up(), ["1-create"]);
    assert.deepEqual(await migrator.up(), []);
    await engine.sequelize.query("SELECT id FROM migrated");
    assert.deepEqual(await migrator.down(), ["1-create"]);
    await assert.rejects(engine.sequelize.query("SELECT id FROM migrated"));
  });
});

test("a migration that fails leaves nothing, and those before it stay", async () => {
  const files = {
    "1-create": "CREATE TABLE migrated (id INTEGER)",
    "2-wrong": "INSERT INTO migrated (nothing) VALUES (1)",
  };
  await withMigrations(files, async (migrator) => {
    await assert.rejects(migrator.up(), /2-wrong could not be applied/);
    const { migrations, problems } = await migrator.status();
    const states = migrations.map(({ state }) => state);
    assert.deepEqual(states, ["applied", "pending"]);
    assert.deepEqual(problems, []);
  });
});

test.run();
