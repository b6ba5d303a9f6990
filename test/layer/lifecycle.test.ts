import { setTimeout as delay } from "node:timers/promises";
import { DataTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { cleanupDatabase } from "../../templates/infrastructure/database/lifecycle/cleanup.ts";
import {
  checkHealth,
  healthCheck,
} from "../../templates/infrastructure/database/lifecycle/health.ts";
import { getDatabaseInfo } from "../../templates/infrastructure/database/lifecycle/info.ts";
import { HealthMonitor } from "../../templates/infrastructure/database/lifecycle/monitor.ts";
import { formatPoolStatus } from "../../templates/infrastructure/database/lifecycle/pool-line.ts";
import {
  dropAllTables,
  initDatabase,
} from "../../templates/infrastructure/database/lifecycle/tables.ts";
import { engineFor, withPostgres, withSqliteFile } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { freePort } from "../support/postgres-server.ts";
import { stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

const databases: [
  string,
  (work: (engine: Engine) => Promise<void>) => Promise<void>,
][] = [
  ["PostgreSQL", withPostgres],
  ["SQLite", withSqliteFile],
];

function defineShop(engine: Engine): void {
  const { sequelize } = engine;
  const customer = sequelize.define("Customer", { name: DataTypes.STRING });
  const order = sequelize.define("Order", { total: DataTypes.INTEGER });
  const line = sequelize.define("Line", { amount: DataTypes.INTEGER });
  line.belongsTo(order);
  order.belongsTo(customer);
}

async function tables(engine: Engine): Promise<string[]> {
  const names = await engine.sequelize.getQueryInterface().showAllTables();
  return names.map(String).sort();
}

for (const [name, withEngine] of databases) {
  test(`initDatabase creates what is missing, in the order of the references: ${name}`, async () => {
    await withEngine(async (engine) => {
      defineShop(engine);
      const { Customer } = engine.sequelize.models;
      await Customer?.sync();
      await Customer?.create({ name: "kept" });
      await initDatabase(engine);
      assert.equal(await tables(engine), ["Customers", "Lines", "Orders"]);
      assert.is(await Customer?.count(), 1);
      await initDatabase(engine, undefined, { checkTables: false });
      await Promise.all([initDatabase(engine), initDatabase(engine)]);
      assert.is(await Customer?.count(), 1);
    });
  });

  test(`tables that refer to one another are created and dropped: ${name}`, async () => {
    await withEngine(async (engine) => {
      const { sequelize } = engine;
      const one = sequelize.define("One", {});
      const two = sequelize.define("Two", {});
      one.belongsTo(two);
      two.belongsTo(one);
      await initDatabase(engine);
      assert.equal(await tables(engine), ["Ones", "Twos"]);
      await dropAllTables(engine);
      assert.equal(await tables(engine), []);
    });
  });

  test(`dropAllTables drops, but not in production unless forced: ${name}`, async () => {
    await withEngine(async (engine) => {
      defineShop(engine);
      await initDatabase(engine);
      const before = process.env.NODE_ENV;
      process.env.NODE_ENV = "production";
      try {
        const error = await dropAllTables(engine).catch(
          (reason: unknown) => reason,
        );
        assert.is((error as { code?: string }).code, "DROP_REFUSED");
        assert.is((await tables(engine)).length, 3);
        await dropAllTables(engine, { force: true });
      } finally {
        if (before === undefined) delete process.env.NODE_ENV;
        else process.env.NODE_ENV = before;
      }
      assert.equal(await tables(engine), []);
    });
  });

  test(`a health check tells, info and status line describe: ${name}`, async () => {
    await withEngine(async (engine) => {
      const report = await checkHealth(engine);
      assert.is(report.healthy, true);
      assert.ok(report.latency < 5);
      assert.not("error" in report);
      const info = getDatabaseInfo(engine);
      assert.is(info.databaseType, engine.strategy.databaseType);
      assert.not.match(JSON.stringify(info), /secret/);
      assert.match(formatPoolStatus(engine), /^pool: 0 of \d+ in use, \d idle/);
      await cleanupDatabase(engine);
      await cleanupDatabase(engine);
      assert.is(await healthCheck(engine), false);
    });
  });
}

test("a health check ends within its time on a server that is silent or away", async () => {
  await withPostgres(async (_, url) => {
    const proxy = await FaultProxy.start(Number(new URL(url).port));
    const engine = engineFor({ url: proxy.through(url) });
    assert.is(await healthCheck(engine), true);
    proxy.freeze();
    for (const timeout of [0.3, 1.5]) {
      const started = performance.now();
      assert.is(await healthCheck(engine, { timeout }), false);
      const took = (performance.now() - started) / 1000;
      assert.ok(took < timeout + 0.5, `${took} s`);
    }
    proxy.thaw();
    assert.is(await healthCheck(engine), true);
    await engine.dispose();
    await proxy.close();
    const away = engineFor({
      url: `postgresql://nobody@127.0.0.1:${await freePort()}/x`,
    });
    const report = await checkHealth(away, { timeout: 0.3 });
    assert.is(report.healthy, false);
    assert.match(report.error ?? "", /ECONNREFUSED/);
    await away.dispose();
  });
});

test("the monitor reports each change once", async () => {
  await withPostgres(async (_, url) => {
    const proxy = await FaultProxy.start(Number(new URL(url).port));
    const engine = engineFor({ url: proxy.through(url), poolPrePingIdle: 0 });
    const changes: boolean[] = [];
    const monitor = new HealthMonitor(engine, {
      interval: 0.05,
      timeout: 0.4,
      onChange: ({ healthy }) => changes.push(healthy),
    }).start();
    const reached = async (count: number): Promise<void> => {
      for (let turn = 0; turn < 200 && changes.length < count; turn++)
        await delay(50);
    };
    await reached(1);
    proxy.freeze();
    await reached(2);
    proxy.thaw();
    await reached(3);
    monitor.stop();
    assert.equal(changes, [true, false, true]);
    await engine.dispose();
    await proxy.close();
  });
});

test.run();
