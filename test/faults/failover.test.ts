import { setTimeout as delay } from "node:timers/promises";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import type { TransactionRetryOptions } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { engineFor } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { ledgerTable } from "./ledger.ts";
import { SteadyLoad } from "./steady-load.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

interface Pair {
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
  /** The address that the application knows; it leads to the primary. */
  readonly proxy: FaultProxy;
  readonly engine: Engine;
  readonly load: SteadyLoad;
}

/** A primary with a standby that has every acknowledged commit, and an application that is to write. */
async function withPair(
  work: (pair: Pair) => Promise<void>,
  options: TransactionRetryOptions = {},
): Promise<void> {
  const primary = await PostgresServer.start();
  await primary.query(ledgerTable);
  await primary.down();
  const standby = await primary.copy();
  await primary.up();
  standby.follow(primary);
  await standby.up();
  await primary.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  await primary.query("SELECT pg_reload_conf()");
  await until(async () => (await replicas(primary)) === "sync");
  const proxy = await FaultProxy.start(primary.port);
  const engine = engineFor({ url: proxy.through(primary.url()) });
  const load = new SteadyLoad(engine, options);
  try {
    await work({ primary, standby, proxy, engine, load });
  } finally {
    await load.stop();
    await engine.dispose();
    await proxy.close();
    await standby.remove();
    await primary.remove();
  }
}

async function replicas(primary: PostgresServer): Promise<string | undefined> {
  const [row] = await primary.query<{ state: string }>(
    "SELECT sync_state AS state FROM pg_stat_replication",
  );
  return row?.state;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    if (await condition()) return;
    await delay(20);
  }
  throw new Error("It did not come true within 10 s.");
}

/** No caller was told of the failover, and the new primary has exactly what was acknowledged. */
async function expectNothingLost(
  { load, engine }: Pair,
  primary: PostgresServer,
): Promise<void> {
  await load.stop();
  const { refused, inDoubt } = load.ledger;
  assert.equal([...refused.values()].map(String), []);
  assert.equal([...inDoubt.keys()], []);
  await load.ledger.check(primary.url());
  assert.is(engine.pool.checkedOut() + engine.pool.waiting(), 0);
}

for (const how of ["immediate", "kill"] as const)
  test(`the primary dies (${how}), its standby is promoted and gets the address – no call fails, nothing acknowledged is lost`, () =>
    withPair(async (pair) => {
      const { primary, standby, proxy, load } = pair;
      load.start();
      await load.progress();
      await primary.down(how);
      await standby.promote();
      proxy.retarget(standby.port);
      await load.progress();
      await expectNothingLost(pair, standby);
    }));

test("the address moves before the promotion – no call fails where a read-only server is worth more than one attempt", () =>
  withPair(
    async (pair) => {
      const { primary, standby, proxy, load } = pair;
      load.start();
      await load.progress();
      await primary.down("immediate");
      proxy.retarget(standby.port);
      await delay(300);
      await standby.promote();
      await load.progress();
      await expectNothingLost(pair, standby);
    },
    { retryIf: isReadOnly },
  ));

test("a demoted primary stays reachable, only new connections reach the new one – no call fails", () =>
  withPair(async (pair) => {
    const { primary, standby, proxy, engine, load } = pair;
    await primary.down("fast");
    await standby.promote();
    primary.follow(standby);
    await primary.up();
    // Good connections, but to a server that takes no writes any more.
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        engine.sequelize.query<{ standby: boolean }>(
          "SELECT pg_is_in_recovery() AS standby",
          { type: QueryTypes.SELECT },
        ),
      ),
    );
    assert.ok(answers.every(([row]) => row?.standby));
    proxy.retarget(standby.port);
    load.start();
    await load.progress();
    await expectNothingLost(pair, standby);
  }));

function isReadOnly(error: unknown): boolean {
  const { parent } = error as { parent?: { code?: unknown } };
  return parent?.code === "25006";
}

test.run();
