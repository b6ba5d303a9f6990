import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { engineFor } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";
import { chooseFault, type Scene } from "./faults.ts";
import { Ledger, ledgerTable } from "./ledger.ts";
import { MixedLoad } from "./mixed-load.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

// The seed decides which faults strike, in which order and how long they last; what they hit is up to the moment.

/** How many faults strike; FAULTS takes another number for a first look. */
const wanted = Number(process.env.FAULTS ?? "1000");
const workers = 20;

const surprises: unknown[] = [];
process.on("unhandledRejection", (reason) => surprises.push(reason));
process.on("uncaughtException", (error) => surprises.push(error));

test(`${wanted} faults over the work of ${workers} callers`, async () => {
  const random = randomFrom(announcedSeed());
  const server = await PostgresServer.start();
  const proxy = await FaultProxy.start(server.port);
  const engine = engineFor({
    url: proxy.through(server.url()),
    applicationName: "stormy",
    poolSize: 8,
    maxOverflow: 8,
    commandTimeout: 0.5,
    connectTimeout: 2,
  });
  const ledger = new Ledger();
  const load = new MixedLoad(engine, ledger, randomFrom(random() * 2 ** 31));
  try {
    await server.query(ledgerTable);
    const working = load.run(workers);
    const struck = await strike({ proxy, server, random }, working);
    load.stop();
    await working;
    console.log(
      `${ledger.summary()}, ${load.reads} reads (${load.failedReads} failed), ${load.undone} undone`,
    );
    console.log(JSON.stringify(Object.fromEntries(struck)));
    await ledger.check(server.url());
    proxy.endSilent();
    await expectWholePool(engine, server);
    assert.equal(surprises, []);
  } finally {
    load.stop();
    await engine.dispose();
    await proxy.close();
    await server.remove();
  }
});

/** Strikes until enough faults have been; ends early, by rejecting, when the load finds something wrong. */
async function strike(
  scene: Scene,
  working: Promise<void>,
): Promise<Map<string, number>> {
  const struck = new Map<string, number>();
  const { random } = scene;
  const ended = new AbortController();
  const outcome = working.finally(() => {
    ended.abort();
  });
  outcome.catch(() => undefined);
  let count = 0;
  while (count < wanted && !ended.signal.aborted) {
    const fault = chooseFault(random);
    if ((await fault.strike(scene)) === false) continue;
    count += 1;
    struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
    await delay(random() * 20);
  }
  if (ended.signal.aborted) await outcome;
  return struck;
}

/** Nothing is lent and nobody waits, every place can be lent, and the server knows the connections that the pool knows. */
async function expectWholePool(
  engine: Engine,
  server: PostgresServer,
): Promise<void> {
  const { pool } = engine;
  assert.is(pool.checkedOut(), 0);
  assert.is(pool.waiting(), 0);
  const { size, maxOverflow } = pool.status();
  const places = size + maxOverflow;
  let lent = 0;
  await Promise.all(
    Array.from({ length: places }, (_, n) =>
      engine.connect(async (connection) => {
        assert.equal(await connection.query(`SELECT ${n} AS n`), [{ n }]);
        lent += 1;
        while (lent < places) await delay(5);
      }),
    ),
  );
  let backends = -1;
  for (let turn = 0; turn < 100 && backends !== pool.checkedIn(); turn += 1) {
    if (turn > 0) await delay(50);
    const [row] = await server.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'stormy'",
    );
    backends = row?.n ?? -1;
  }
  assert.is(pool.checkedIn(), size);
  assert.is(pool.overflow(), 0);
  assert.is(backends, size, "backends that nobody knows");
}

test.run();
