import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import express from "express";
import { fastify } from "fastify";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  shutdownHttpServer,
  shutdownOnSignals,
  type HttpShutdownOptions,
  type HttpShutdownResult,
} from "../../templates/infrastructure/database/draining/http-shutdown.ts";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { engineFor, withPostgres } from "../support/engines.ts";
import { stopOwnServer } from "../support/postgres.ts";

console.warn = () => undefined;

test.after(stopOwnServer);

const insert = "INSERT INTO kept DEFAULT VALUES";

/** The same handler, which needs the database twice, on three frameworks. */
const frameworks: Record<
  string,
  (engine: Engine) => Promise<{ server: Server; close?: () => Promise<void> }>
> = {
  "node:http": async (engine) => {
    const server = createServer((_request, response) => {
      work(engine).then(
        () => response.end("ok"),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    server.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    return { server };
  },
  Express: async (engine) => {
    const app = express();
    app.get("/", async (_request, response) => {
      await work(engine);
      response.send("ok");
    });
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    return { server };
  },
  Fastify: async (engine) => {
    const app = fastify();
    app.get("/", async () => {
      await work(engine);
      return "ok";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { server: app.server, close: () => app.close() };
  },
};

async function work(engine: Engine): Promise<void> {
  await engine.sequelize.query(insert);
  await engine.sequelize.query("SELECT pg_sleep(0.02)");
}

interface Tally {
  answered: number;
  failed: string[];
  dropped: string[];
}

/** A client that asks again and again on one kept connection, until it is told to go or not let in. */
async function client(port: number, tally: Tally): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    const answer = await ask(port, agent);
    if ("error" in answer) {
      // Refused is not dropped: the request was never accepted, and a load balancer goes elsewhere.
      if (answer.error !== "ECONNREFUSED") tally.dropped.push(answer.error);
      break;
    }
    if (answer.status === 200) tally.answered += 1;
    else tally.failed.push(answer.body);
    if (answer.last) break;
  }
  agent.destroy();
}

type Reply =
  | { readonly error: string }
  | { readonly status: number; readonly body: string; readonly last: boolean };

function ask(port: number, agent?: Agent): Promise<Reply> {
  return new Promise((resolve) => {
    const sent = request(
      { port, host: "127.0.0.1", ...(agent && { agent }) },
      (response) => {
        let body = "";
        response.on("data", (text: Buffer) => (body += text.toString()));
        response.on("end", () => {
          const last = response.headers.connection === "close";
          resolve({ status: response.statusCode ?? 0, body, last });
        });
        response.on("error", (error) => {
          resolve({ error: error.message });
        });
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ error: error.code ?? error.message });
    });
    sent.end();
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function count(engine: Engine): Promise<number> {
  const [rows] = await engine.sequelize.query("SELECT id FROM kept");
  return rows.length;
}

for (const [name, start] of Object.entries(frameworks))
  test(`${name} - stopped under 1,000 requests: none is dropped, none fails`, () =>
    withPostgres(
      async (engine, url) => {
        await engine.sequelize.query("CREATE TABLE kept (id serial)");
        const { server, close } = await start(engine);
        const port = portOf(server);
        const tally: Tally = { answered: 0, failed: [], dropped: [] };
        const clients = Array.from({ length: 50 }, () => client(port, tally));
        while (tally.answered < 1000) await delay(5);
        const steps: string[] = [];
        const result = await shutdownHttpServer(server, engine, {
          onStep: (step) => steps.push(step),
          ...(close && { afterClose: close }),
        });
        await Promise.all(clients);
        assert.equal(tally.dropped, []);
        assert.equal(tally.failed, []);
        assert.is(result.success, true);
        assert.equal(steps, [
          "not ready",
          "stop accepting",
          "drain",
          "dispose",
          "done",
        ]);
        await withPostgresAt(url, async (other) => {
          assert.is(await count(other), tally.answered);
        });
      },
      { poolSize: 10 },
    ));

async function withPostgresAt(
  url: string,
  use: (engine: Engine) => Promise<void>,
): Promise<void> {
  const engine = engineFor({ url });
  await use(engine);
  await engine.dispose();
}

async function stopped(
  prepare: (server: Server, port: number, engine: Engine) => Promise<void>,
  options: HttpShutdownOptions,
): Promise<HttpShutdownResult> {
  let result: HttpShutdownResult | undefined;
  await withPostgres(async (engine) => {
    await engine.sequelize.query("CREATE TABLE kept (id serial)");
    const { server } = (await frameworks["node:http"]?.(engine)) ?? {};
    assert.ok(server);
    await prepare(server, portOf(server), engine);
    result = await shutdownHttpServer(server, engine, options);
  });
  assert.ok(result);
  return result;
}

test("preStopDelay - requests are still served, readiness is off, connections are told to end", async () => {
  const replies: Reply[] = [];
  let ready = true;
  const result = await stopped(
    (_server, port, engine) => {
      setTimeout(() => {
        ready = engine.ready;
        void ask(port).then((reply) => replies.push(reply));
      }, 150);
      return Promise.resolve();
    },
    { preStopDelay: 0.5 },
  );
  assert.is(ready, false);
  assert.equal(replies, [{ status: 200, body: "ok", last: true }]);
  assert.is(result.success, true);
});

test("an idle keep-alive connection - does not hold the shutdown up", async () => {
  const result = await stopped(
    async (_server, port) => {
      const agent = new Agent({ keepAlive: true });
      await ask(port, agent);
    },
    { keepAliveGrace: 0.1 },
  );
  assert.is(result.success, true);
  assert.ok(result.timeTaken < 5);
});

test("a client that never finishes its request - is cut off at the deadline", async () => {
  const result = await stopped(
    async (_server, port) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
      );
      await delay(100);
    },
    { timeout: 1, keepAliveGrace: 0.1 },
  );
  assert.is(result.timeTaken < 5, true);
});

test("afterClose that fails or hangs - is reported, the database is drained all the same", async () => {
  const nothing = (): Promise<void> => Promise.resolve();
  const failing = await stopped(nothing, {
    afterClose: () => Promise.reject(new Error("no")),
  });
  assert.is(failing.success, false);
  const hanging = await stopped(nothing, {
    timeout: 0.5,
    afterClose: () => new Promise(() => undefined),
  });
  assert.is(hanging.success, false);
  assert.ok(hanging.timeTaken < 5);
});

test("signals - the first one shuts down with exit 0, the second exits at once", () =>
  withPostgres(async (engine) => {
    const { server } = (await frameworks["node:http"]?.(engine)) ?? {};
    assert.ok(server);
    const codes: number[] = [];
    const ended = new Promise<void>((resolve) => {
      const handler = shutdownOnSignals(server, engine, {
        signals: ["SIGUSR2"],
        preStopDelay: 0.3,
        exit: (code) => {
          codes.push(code);
          if (code === 0) {
            handler[Symbol.dispose]();
            resolve();
          }
        },
      });
    });
    process.kill(process.pid, "SIGUSR2");
    await delay(50);
    process.kill(process.pid, "SIGUSR2");
    await ended;
    assert.equal(codes, [128 + 12, 0]);
  }));

test.run();
