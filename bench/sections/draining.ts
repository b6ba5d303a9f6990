import { setTimeout as delay } from "node:timers/promises";
import { median } from "../measure.ts";
import { connections, muteConsole, type Peer, peerMakers } from "../peers.ts";
import { format, type SectionOptions, type SectionResult } from "../report.ts";

/** How long closing takes after the last work has ended: all connections busy for a fifth of a second, as many callers waiting. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  muteConsole();
  const rounds = options.quick ? 2 : 10;
  const rows: string[][] = [];
  let ours: number | undefined;
  for (const make of peerMakers()) {
    const times: Closing[] = [];
    let name = "";
    for (let round = 0; round < rounds; round += 1) {
      const peer = await make(options.postgresUrl);
      name = peer.name;
      times.push(await close(peer));
    }
    const late = median(times.map(({ lateMs }) => lateMs));
    ours ??= late;
    const served = median(times.map(({ served }) => served));
    rows.push([name, format(late), `${served} of ${2 * connections}`]);
  }
  return {
    title: `Closing under load (${connections} connections busy, ${connections} callers waiting)`,
    columns: ["", "ms after the last work", "callers served"],
    rows,
    targets: [
      {
        name: "drain time after the last work, median",
        measured: ours ?? NaN,
        limit: 50,
        bound: "at most",
        unit: " ms",
      },
    ],
  };
}

interface Closing {
  readonly lateMs: number;
  readonly served: number;
}

async function close(peer: Peer): Promise<Closing> {
  let endedAt = 0;
  let served = 0;
  const caller = async (): Promise<void> => {
    try {
      await peer.transact("SELECT pg_sleep(0.2)");
      served += 1;
    } catch {
      // Refused, or cut off.
    }
    endedAt = performance.now();
  };
  const working = Promise.all(Array.from({ length: 2 * connections }, caller));
  await delay(100);
  const closedAt = peer.close().then(() => performance.now());
  const settled = Promise.all([working, closedAt]);
  // Some never tell their waiting callers.
  await Promise.race([settled, delay(5000)]);
  const doneAt = await Promise.race([closedAt, delay(1, performance.now())]);
  return { lateMs: Math.max(0, doneAt - endedAt), served };
}
