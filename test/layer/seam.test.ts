import { Sequelize } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import { createEngineFromConfig } from "../../templates/infrastructure/database/engine.ts";
import { getEngineForConfig } from "../../templates/infrastructure/database/engines/index.ts";
import { takeOver } from "../../templates/infrastructure/database/pool/sequelize-v6.ts";
import { engineFor } from "../support/engines.ts";

test("the installed Sequelize fits", () => {
  for (const dialect of ["postgres", "sqlite"] as const) {
    const sequelize = new Sequelize({ dialect, logging: false });
    assert.ok(takeOver(sequelize).config);
  }
});

test("a Sequelize whose internals have changed is refused at the start", () => {
  const sequelize = new Sequelize({ dialect: "sqlite", logging: false });
  Object.assign(sequelize.connectionManager, { getConnection: undefined });
  assert.throws(
    () => takeOver(sequelize),
    /needs Sequelize 6\.37 or a later 6\.x, but Sequelize 6\.\d+\.\d+ lacks getConnection/,
  );
});

test("another Sequelize without a connection manager is refused too", () => {
  const sequelize = new Sequelize({ dialect: "sqlite", logging: false });
  Object.assign(sequelize, { connectionManager: undefined });
  assert.throws(() => takeOver(sequelize), /lacks getConnection, release/);
});

test("Sequelize's connection hooks run, and one that throws costs no place", async () => {
  const seen: string[] = [];
  const config = new DatabaseConfig(
    { url: "sqlite:///:memory:", poolTimeout: 1 },
    { env: {}, envFile: false },
  );
  let fails = false;
  const engine = createEngineFromConfig(config, {
    sequelize: {
      hooks: {
        beforeConnect: () => {
          seen.push("beforeConnect");
        },
        afterConnect: () => {
          seen.push("afterConnect");
        },
      },
    },
  });
  engine.sequelize.addHook("beforeQuery", () => undefined);
  await engine.sequelize.query("SELECT 1");
  await engine.sequelize.query("SELECT 1");
  assert.equal(seen, ["beforeConnect", "afterConnect"]);
  (
    engine.sequelize as unknown as {
      addHook(name: string, hook: () => void): void;
    }
  ).addHook("afterPoolAcquire", () => {
    if (fails) throw new Error("no");
  });
  fails = true;
  for (let turn = 0; turn < 3; turn++)
    await engine.sequelize.query("SELECT 1").then(
      () => {
        assert.unreachable("expected the hook's error");
      },
      (error: unknown) => {
        assert.is((error as Error).message, "no");
      },
    );
  fails = false;
  await engine.sequelize.query("SELECT 1");
  assert.is(engine.pool.checkedOut(), 0);
  await engine.dispose();
});

test("closing Sequelize closes the engine", async () => {
  const engine = engineFor({ url: "sqlite:///:memory:" });
  await engine.sequelize.query("SELECT 1");
  await engine.sequelize.close();
  assert.is(engine.ready, false);
});

test("a configuration for another database is refused with a way out", () => {
  const config = new DatabaseConfig(
    { url: "sqlite:///:memory:" },
    { env: {}, envFile: false },
  );
  const mysql = Object.create(config, {
    databaseType: { value: "mysql" },
  }) as DatabaseConfig;
  assert.throws(() => getEngineForConfig(mysql), /create-bento-db add/);
});

test.run();
