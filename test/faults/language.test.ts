import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { DatabaseErrorClassifier } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { refusedStatements, schema } from "../layer/resilience-sqlstates.ts";
import { engineFor } from "../support/engines.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { ledgerTable } from "./ledger.ts";
import { SteadyLoad } from "./steady-load.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

/** What a server with `lc_messages` set to another language translates: severity, message, detail and hint. */
const translations: Readonly<Record<string, string>> = {
  S: "致命的エラー",
  M: "もう一度お試しください",
  D: "詳細はありません",
  H: "管理者に連絡してください",
};

/** An error or a notice as that server would send it: letter, length, fields of a letter and a text, and a zero. */
function translate(message: Buffer): Buffer {
  const fields = message.subarray(5).toString().split("\0").filter(Boolean);
  const translated = fields.map((field) => {
    const letter = field.slice(0, 1);
    return letter + (translations[letter] ?? field.slice(1));
  });
  const body = Buffer.from(`${translated.join("\0")}\0\0`);
  const head = Buffer.from(message.subarray(0, 5));
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** The packaged server has no translations, so that its messages are translated on the way. */
async function withTranslatedServer(
  work: (engine: Engine, server: PostgresServer) => Promise<void>,
): Promise<void> {
  const server = await PostgresServer.start();
  const proxy = await FaultProxy.start(server.port);
  let translated = 0;
  proxy.onMessage((side, type, message) => {
    if (side === "client" || (type !== "E" && type !== "N")) return "pass";
    translated += 1;
    return translate(message);
  });
  const engine = engineFor({
    url: proxy.through(server.url()),
    applicationName: "abroad",
  });
  try {
    await work(engine, server);
    assert.ok(translated > 0);
  } finally {
    await engine.dispose();
    await proxy.close();
    await server.remove();
  }
}

test("every error that the server reports is of the same category in another language", () =>
  withTranslatedServer(async (engine) => {
    await engine.sequelize.query(schema);
    for (const [state, category, sql] of refusedStatements) {
      const error: unknown = await engine
        .begin((transaction) => engine.sequelize.query(sql, { transaction }))
        .catch((thrown: unknown) => thrown);
      const { code, message } = (error as { parent: { code: string } & Error })
        .parent;
      assert.is(code, state);
      assert.is(message, translations.M);
      assert.is(DatabaseErrorClassifier.classify(error), category, state);
    }
    assert.ok(refusedStatements.length >= 45);
  }));

test("a server that restarts and ends sessions in another language – no call fails", () =>
  withTranslatedServer(async (engine, server) => {
    await server.query(ledgerTable);
    const load = new SteadyLoad(engine);
    load.start();
    await load.progress();
    for (const how of ["fast", "immediate"] as const) {
      await server.restart(how);
      await load.progress();
    }
    await server.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'abroad'",
    );
    await load.progress();
    await load.stop();
    assert.equal([...load.ledger.refused.values()].map(String), []);
    assert.is(load.ledger.inDoubt.size, 0);
    await load.ledger.check(server.url());
    assert.is(engine.pool.checkedOut(), 0);
  }));

test.run();
