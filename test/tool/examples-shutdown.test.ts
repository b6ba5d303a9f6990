import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { choices } from "../../src/answers/choices.ts";
import {
  createEngineFromConfig,
  DatabaseConfig,
} from "../../templates/infrastructure/database/index.ts";
import {
  type ExampleServer,
  runScript,
  startExample,
} from "../support/example-server.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { renderTestProject } from "../support/rendered-project.ts";

test.after(stopOwnServer);

const clients = 20;
const migrations = "infrastructure/database/migrations/cli.ts";

for (const example of choices.example.filter((name) => name !== "none")) {
  test(`${example} – SIGTERM under load behind a load balancer drops no request and loses no row`, async () => {
    const project = await renderTestProject({ example });
    const database = await createTestDatabase();
    const env = { DB_URL: database.url, SHUTDOWN_DELAY: "1" };
    try {
      await runScript(project.folder, [migrations, "migrate"], env);
      const server = await startExample(project.folder, env);
      const stored = await loadUntilUnready(server, 1000);
      assert.is(await endedInTime(server), 0, server.output());
      assert.ok(stored > 1000, `${stored} requests`);
      assert.is(await countNotes(database.url), stored);
    } finally {
      await database.drop();
      project.remove();
    }
  });
}

test("any example – a second signal ends it at once", async () => {
  const project = await renderTestProject({ parts: ["draining"] });
  try {
    const server = await startExample(project.folder, { SHUTDOWN_DELAY: "20" });
    server.signal("SIGTERM");
    while (!server.output().includes("Shutdown: not ready")) await delay(10);
    assert.is((await server.get("/health/ready")).statusCode, 503);
    assert.is((await server.get("/notes")).statusCode, 200);
    server.signal("SIGTERM");
    assert.is(await server.ended(), 143);
  } finally {
    project.remove();
  }
});

/** The exit code, if the process ends within the time after which an orchestrator would kill it. */
function endedInTime(server: ExampleServer): Promise<unknown> {
  const patience = delay(30_000, "too late", { ref: false });
  return Promise.race([server.ended(), patience]);
}

/** Stores notes from many clients, sends SIGTERM after so many, and goes on until readiness is off; returns how many were stored. */
async function loadUntilUnready(
  server: ExampleServer,
  signalAfter: number,
): Promise<number> {
  let stored = 0;
  let routed = true;
  const client = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (routed) {
      assert.is(await postNote(server.url, agent), 201);
      stored += 1;
      if (stored === signalAfter) server.signal("SIGTERM");
    }
    agent.destroy();
  };
  const balancer = async (): Promise<void> => {
    while (routed) {
      await delay(50);
      routed = (await server.get("/health/ready")).statusCode === 200;
    }
  };
  await Promise.all([...Array.from({ length: clients }, client), balancer()]);
  return stored;
}

function postNote(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json" };
    const sent = request(`${url}/notes`, { agent, method: "POST", headers });
    sent.once("error", reject);
    sent.once("response", (response) => {
      text(response).then(() => {
        resolve(response.statusCode ?? 0);
      }, reject);
    });
    sent.end('{"text":"Buy milk"}');
  });
}

async function countNotes(url: string): Promise<number> {
  const engine = createEngineFromConfig(new DatabaseConfig({ url }));
  const [row] = await engine.sequelize.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM notes",
    { type: QueryTypes.SELECT },
  );
  await engine.dispose();
  return row?.count ?? 0;
}

test.run();
