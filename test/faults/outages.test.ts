import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import type { TransactionRetryOptions } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { engineFor } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { ledgerTable } from "./ledger.ts";
import { SteadyLoad } from "./steady-load.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

interface Stage {
  readonly server: PostgresServer;
  readonly proxy: FaultProxy;
  readonly engine: Engine;
  readonly load: SteadyLoad;
}

/** Runs an outage under the load of 20 callers, none of whom may be told of it. */
async function withoutFailedCall(
  outage: (stage: Stage) => Promise<void>,
  options: TransactionRetryOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const server = await PostgresServer.start({ settings });
  const proxy = await FaultProxy.start(server.port);
  const engine = engineFor({
    url: proxy.through(server.url()),
    applicationName: "outage",
    commandTimeout: 5,
  });
  const load = new SteadyLoad(engine, options);
  try {
    await server.query(ledgerTable);
    load.start();
    await load.progress();
    await outage({ server, proxy, engine, load });
    await load.progress();
    await load.stop();
    const { refused, inDoubt } = load.ledger;
    assert.equal([...refused.values()].map(String), []);
    assert.equal([...inDoubt.keys()], []);
    await load.ledger.check(server.url());
    assert.is(engine.pool.checkedOut() + engine.pool.waiting(), 0);
  } finally {
    await engine.dispose();
    await proxy.close();
    await server.remove();
  }
}

for (const how of ["fast", "immediate"] as const)
  test(`restart, ${how}, three times – no call fails`, () =>
    withoutFailedCall(async ({ server, load }) => {
      for (let round = 0; round < 3; round += 1) {
        await server.down(how);
        await delay(300);
        await server.up();
        await load.progress();
      }
    }));

test("SIGKILL of the whole server – no call fails", () =>
  withoutFailedCall(async ({ server }) => {
    await server.down("kill");
    await server.up();
  }));

test("all backends terminated, ten times – no call fails", () =>
  withoutFailedCall(async ({ server, load }) => {
    for (let round = 0; round < 10; round += 1) {
      await server.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outage'",
      );
      await load.progress(20);
    }
  }));

test("a server frozen for two seconds – no call fails, nothing is sent twice", () =>
  withoutFailedCall(async ({ server }) => {
    server.signalAll("SIGSTOP");
    await delay(2000);
    server.signalAll("SIGCONT");
  }));

test("half-open sockets under load – no call fails where timeouts are worth another attempt", () =>
  withoutFailedCall(
    async ({ proxy, load }) => {
      proxy.blackhole();
      await load.progress();
    },
    { retryIf: (error) => judgeError(error).category === "timeout" },
  ));

for (const how of ["fin", "rst"] as const)
  test(`connections cut on the way (${how}), ten times – no call fails`, () =>
    withoutFailedCall(async ({ proxy, load }) => {
      for (let round = 0; round < 10; round += 1) {
        proxy.cut(how);
        await load.progress(20);
      }
    }));

test("four slots for fifteen connections – no call fails", () =>
  withoutFailedCall(
    async ({ load }) => {
      await load.progress(200);
    },
    {},
    {
      max_connections: "6",
      superuser_reserved_connections: "0",
      reserved_connections: "0",
      max_wal_senders: "0",
    },
  ));

test("an application that starts before its database – no call fails", async () => {
  const server = await PostgresServer.start();
  await server.query(ledgerTable);
  await server.down();
  const engine = engineFor({ url: server.url() });
  const load = new SteadyLoad(engine);
  try {
    load.start();
    await delay(1000);
    assert.is(load.ledger.acknowledged.size, 0);
    await server.up();
    await load.progress();
    await load.stop();
    assert.is(load.ledger.refused.size, 0);
    await load.ledger.check(server.url());
  } finally {
    await engine.dispose();
    await server.remove();
  }
});

test.run();
