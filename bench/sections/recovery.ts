import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { PostgresServer } from "../../test/support/postgres-server.ts";
import { median } from "../measure.ts";
import { muteConsole, type Peer, peerMakers } from "../peers.ts";
import { format, type SectionOptions, type SectionResult } from "../report.ts";

const callers = 20;
const insert = "INSERT INTO kept DEFAULT VALUES";

/** What one library made of all restarts. */
interface Recovery {
  readonly name: string;
  /** Milliseconds from the server's first answer to anybody until the first success, by restart. */
  readonly firstSuccessMs: number[];
  errors: number;
  /** Errors that nobody could catch: each would have ended the process. */
  crashes: number;
}

/** Twenty callers in transactions while the server crashes and comes back half a second later. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  muteConsole();
  const restarts = options.quick ? 2 : 10;
  const server = await PostgresServer.start();
  await server.query("CREATE TABLE kept (id bigserial)");
  const recoveries: Recovery[] = [];
  for (const make of peerMakers()) {
    const peer = await make(server.url());
    recoveries.push(await observe(peer, server, restarts));
    await Promise.race([peer.close().catch(() => undefined), delay(5000)]);
  }
  await server.remove();
  return summarise(recoveries, restarts);
}

async function observe(
  peer: Peer,
  server: PostgresServer,
  restarts: number,
): Promise<Recovery> {
  const recovery: Recovery = {
    name: peer.name,
    firstSuccessMs: [],
    errors: 0,
    crashes: 0,
  };
  const onCrash = (): void => {
    recovery.crashes += 1;
  };
  process.on("uncaughtException", onCrash);
  const succeeded: number[] = [];
  let going = true;
  const caller = async (): Promise<void> => {
    while (going)
      try {
        await peer.transact(insert);
        succeeded.push(performance.now());
      } catch {
        recovery.errors += 1;
        await delay(20);
      }
  };
  const working = Promise.all(Array.from({ length: callers }, caller));
  for (let restart = 0; restart < restarts; restart += 1) {
    await delay(300);
    await server.down("immediate");
    await delay(500);
    server.launch();
    succeeded.length = 0;
    const acceptedAt = await firstAnswer(server.url());
    const deadline = acceptedAt + 10_000;
    while (succeeded.length === 0 && performance.now() < deadline)
      await delay(1);
    const [firstAt = Infinity] = succeeded;
    recovery.firstSuccessMs.push(Math.max(0, firstAt - acceptedAt));
  }
  going = false;
  await Promise.race([working, delay(5000)]);
  process.off("uncaughtException", onCrash);
  return recovery;
}

/** When somebody who knocks all the time is let in. */
async function firstAnswer(connectionString: string): Promise<number> {
  for (;;) {
    const client = new Client({ connectionString });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return performance.now();
    } catch {
      await delay(1);
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}

function summarise(
  recoveries: readonly Recovery[],
  restarts: number,
): SectionResult {
  const ours = recoveries[0];
  return {
    title: `Recovery from a crash of the server (${callers} callers in transactions, ${restarts} restarts)`,
    columns: ["", "ms to success", "most ms", "errors", "uncaught errors"],
    rows: recoveries.map(({ name, firstSuccessMs, errors, crashes }) => [
      name,
      format(median(firstSuccessMs)),
      format(Math.max(...firstSuccessMs)),
      String(errors),
      String(crashes),
    ]),
    targets: [
      {
        name: "first success after the server accepts again, median",
        measured: median(ours?.firstSuccessMs ?? []),
        limit: 100,
        bound: "at most",
        unit: " ms",
      },
      {
        name: "errors that callers of the layer saw",
        measured: ours?.errors ?? NaN,
        limit: 0,
        bound: "at most",
        unit: "",
      },
    ],
    notes: [
      "The layer with retryTransaction and exactlyOnce, the others as their documentation says, without a retry.",
    ],
  };
}
