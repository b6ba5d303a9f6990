import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as pg from "pg";
import { drainWithSignalHandler } from "../../templates/infrastructure/database/draining/signal-drain.ts";
import { withPostgres } from "../support/engines.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts a process with a query in flight, does something to it and waits for its end. */
async function child(
  args: { seconds: number; timeout?: number; before?: string },
  act: (process: ChildProcess) => void | Promise<void>,
): Promise<Ended> {
  const database = await createTestDatabase();
  const { seconds, timeout = 5, before = "nothing" } = args;
  const file = new URL("draining-child.ts", import.meta.url).pathname;
  const running = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      file,
      database.url,
      String(seconds),
      String(timeout),
      before,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  const ready = new Promise<void>((resolve) => {
    for (const stream of [running.stdout, running.stderr])
      stream.on("data", (text: Buffer) => {
        output += text.toString();
        if (output.includes("ready\n")) resolve();
      });
  });
  const ended = once(running, "close");
  await Promise.race([ready, ended]);
  await act(running);
  const [code] = (await ended) as [number | null];
  await expectNoBackend(database.url);
  await database.drop();
  return { code, output };
}

async function expectNoBackend(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let left = -1;
  // A process that exits at once leaves its query to the server, for three seconds.
  for (let round = 0; round < 200 && left !== 0; round += 1) {
    const { rows } = await client.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'drained child' AND datname = current_database()",
    );
    left = rows[0]?.n ?? -1;
    if (left !== 0) await delay(25);
  }
  await client.end();
  assert.is(left, 0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const)
  test(`${signal} - the query in flight ends well, exit 0`, async () => {
    const { code, output } = await child({ seconds: 1 }, (running) => {
      running.kill(signal);
    });
    assert.is(code, 0, output);
    assert.match(output, `before drain: ${signal}`);
    assert.match(output, "query done");
  });

test("a query longer than the deadline - is cancelled, exit 1", async () => {
  const { code, output } = await child(
    { seconds: 60, timeout: 0.5 },
    (running) => {
      running.kill("SIGTERM");
    },
  );
  assert.is(code, 1, output);
  assert.match(output, "query cut");
});

for (const before of ["fails", "hangs"])
  test(`beforeDrain ${before} - the drain goes on, exit 1`, async () => {
    const { code, output } = await child(
      { seconds: 0.2, timeout: 0.5, before },
      (running) => {
        running.kill("SIGTERM");
      },
    );
    assert.is(code, 1, output);
    assert.match(output, "query done");
  });

for (const [signal, expected] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)
  test(`a second ${signal} - exits at once with ${expected}`, async () => {
    const { code, output } = await child(
      { seconds: 3, timeout: 60 },
      async (running) => {
        running.kill("SIGTERM");
        await delay(200);
        running.kill(signal);
      },
    );
    assert.is(code, expected, output);
  });

test("disposing of the handler - the process no longer listens", () =>
  withPostgres((engine) => {
    const before = process.listenerCount("SIGTERM");
    const handler = drainWithSignalHandler(engine);
    assert.is(process.listenerCount("SIGTERM"), before + 1);
    handler[Symbol.dispose]();
    assert.is(process.listenerCount("SIGTERM"), before);
    return Promise.resolve();
  }));

test.run();
