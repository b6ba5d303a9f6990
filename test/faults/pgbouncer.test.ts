import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { drainConnections } from "../../templates/infrastructure/database/draining/connection-drainer.ts";
import { DrainingMode } from "../../templates/infrastructure/database/draining/draining-mode.ts";
import { healthCheck } from "../../templates/infrastructure/database/lifecycle/health.ts";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { engineFor } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { findPgBouncer, PgBouncer } from "../support/pgbouncer.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { randomFrom } from "../support/random.ts";
import { Ledger, ledgerTable } from "./ledger.ts";
import { MixedLoad } from "./mixed-load.ts";
import { SteadyLoad } from "./steady-load.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

const program = findPgBouncer();
if (program === undefined)
  console.log("PgBouncer is not installed here: its tests are left out.");

interface Stage {
  readonly server: PostgresServer;
  readonly bouncer: PgBouncer;
  readonly engine: Engine;
}

/** An engine with the documented setting, behind a PgBouncer that has fewer connections than the engine. */
async function behindPgBouncer(
  pgbouncer: string,
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const server = await PostgresServer.start();
  await server.query(ledgerTable);
  const bouncer = await PgBouncer.start(pgbouncer, server.url(), 4);
  const engine = engineFor({
    url: bouncer.url,
    pooler: "transaction",
    poolSize: 10,
    commandTimeout: 5,
  });
  try {
    await work({ server, bouncer, engine });
  } finally {
    await engine.dispose();
    await bouncer.remove();
    await server.remove();
  }
}

test("with the setting nothing is sent at the start that a transaction pooler refuses", async () => {
  const server = await PostgresServer.start();
  const proxy = await FaultProxy.start(server.port);
  const sent: string[][] = [];
  proxy.onMessage((side, type, message) => {
    if (side === "client" && type === "") sent.push(startupNames(message));
    return "pass";
  });
  const engine = engineFor({
    url: proxy.through(server.url()),
    pooler: "transaction",
  });
  await engine.sequelize.query("SELECT 1");
  const passedOn = ["application_name", "client_encoding", "database", "user"];
  assert.equal(sent, [passedOn]);
  await engine.dispose();
  await proxy.close();
  await server.remove();
});

/** The names in a startup packet: length, version, then names and values, each ended by a zero. */
function startupNames(packet: Buffer): string[] {
  const words = packet.subarray(8).toString().split("\0");
  return words.filter((word, index) => index % 2 === 0 && word !== "").sort();
}

if (program !== undefined) {
  test("without the setting the refusal is permanent, and says which parameter", () =>
    behindPgBouncer(program, async ({ bouncer }) => {
      const plain = engineFor({ url: bouncer.url });
      const error: unknown = await plain.sequelize
        .query("SELECT 1")
        .catch((thrown: unknown) => thrown);
      assert.is(judgeError(error).category, "permanent");
      assert.match(String(error), /unsupported startup parameter/);
      await plain.dispose();
    }));

  test("the work of 20 callers over four connections – every answer and every row is right", () =>
    behindPgBouncer(program, async ({ engine, server }) => {
      const ledger = new Ledger();
      const load = new MixedLoad(engine, ledger, randomFrom(1));
      const working = load.run(20);
      while (ledger.acknowledged.size < 500)
        await new Promise((resolve) => setTimeout(resolve, 10));
      load.stop();
      await working;
      assert.is(load.failedReads, 0);
      assert.equal(ledger.inDoubt.size, 0);
      assert.is(ledger.refused.size, load.undone);
      await ledger.check(server.url());
      assert.is(await healthCheck(engine), true);
    }));

  test("settings of a transaction do not reach the next one", () =>
    behindPgBouncer(program, async ({ engine }) => {
      await engine.begin((transaction) =>
        engine.sequelize.query("SET LOCAL statement_timeout = 1234", {
          transaction,
        }),
      );
      const seen = await Promise.all(
        Array.from({ length: 40 }, () =>
          engine.sequelize.query<{ statement_timeout: string }>(
            "SHOW statement_timeout",
            { type: QueryTypes.SELECT },
          ),
        ),
      );
      assert.ok(seen.every(([row]) => row?.statement_timeout === "0"));
    }));

  test("the server crashes behind it, and it crashes itself – no retried call fails", () =>
    behindPgBouncer(program, async ({ engine, server, bouncer }) => {
      const load = new SteadyLoad(engine);
      load.start();
      await load.progress();
      await server.restart("immediate");
      await load.progress();
      await bouncer.down();
      await bouncer.up();
      await load.progress();
      await load.stop();
      assert.equal([...load.ledger.refused.values()].map(String), []);
      assert.is(load.ledger.inDoubt.size, 0);
      await load.ledger.check(server.url());
    }));

  test("FORCE stops what runs on the server", () =>
    behindPgBouncer(program, async ({ engine, server }) => {
      const running = async (): Promise<number> => {
        const [row] = await server.query<{ n: number }>(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'",
        );
        return row?.n ?? -1;
      };
      const cut = engine.sequelize
        .query("SELECT pg_sleep(60)")
        .catch((error: unknown) => error);
      while ((await running()) === 0);
      await drainConnections(engine, { mode: DrainingMode.FORCE });
      assert.instance(await cut, Error);
      while ((await running()) > 0);
    }));
}

test.run();
