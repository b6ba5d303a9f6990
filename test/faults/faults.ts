import { setTimeout as delay } from "node:timers/promises";
import type {
  FaultProxy,
  MessageFate,
  MessageRule,
  Side,
} from "../support/fault-proxy.ts";
import type { PostgresServer } from "../support/postgres-server.ts";

/** Where faults strike. */
export interface Scene {
  readonly proxy: FaultProxy;
  readonly server: PostgresServer;
  readonly random: () => number;
}

interface Fault {
  readonly name: string;
  /** How often it is chosen, in parts of all weights together. */
  readonly weight: number;
  /** Resolves to false when there was nothing to strike at. */
  strike(scene: Scene): Promise<unknown>;
}

const clientMessages = ["Q", "P", "B", "E", "S"];
const serverMessages = ["C", "D", "T", "Z", "1", "2", "S", "R"];

const ours =
  "FROM pg_stat_activity WHERE application_name = 'stormy' AND pid <> pg_backend_pid()";

/** Everything that a network and a server do to an application, from a lost packet to a crash. */
export const faults: readonly Fault[] = [
  {
    name: "cut before a message",
    weight: 400,
    strike: (scene) => atMessage(scene, "cut"),
  },
  {
    name: "silence from a message on",
    weight: 30,
    strike: (scene) => atMessage(scene, "silence"),
  },
  {
    name: "COMMIT not sent",
    weight: 80,
    strike: (scene) => atCommit(scene, "client"),
  },
  {
    name: "COMMIT not answered",
    weight: 80,
    strike: (scene) => atCommit(scene, "server"),
  },
  {
    name: "connections closed (FIN)",
    weight: 40,
    strike: ({ proxy, random }) =>
      now(() => {
        proxy.cut("fin", some(random));
      }),
  },
  {
    name: "connections reset (RST)",
    weight: 40,
    strike: ({ proxy, random }) =>
      now(() => {
        proxy.cut("rst", some(random));
      }),
  },
  {
    name: "half-open sockets",
    weight: 5,
    strike: ({ proxy }) =>
      now(() => {
        proxy.blackhole();
      }),
  },
  {
    name: "slow network",
    weight: 30,
    strike: async ({ proxy, random }) => {
      proxy.delay(5 + random() * 20);
      await delay(60);
      proxy.delay(0);
    },
  },
  {
    name: "frozen network",
    weight: 30,
    strike: async ({ proxy, random }) => {
      proxy.freeze();
      await delay(20 + random() * 150);
      proxy.thaw();
    },
  },
  {
    name: "new connections refused",
    weight: 40,
    strike: async ({ proxy, random }) => {
      proxy.refuse();
      proxy.cut("rst", some(random));
      await delay(20 + random() * 100);
      proxy.accept();
    },
  },
  {
    name: "backends terminated",
    weight: 80,
    strike: ({ server, random }) =>
      run(
        server,
        `SELECT pg_terminate_backend(pid) ${ours} ORDER BY random() LIMIT ${some(random)}`,
      ),
  },
  {
    name: "statements cancelled",
    weight: 80,
    strike: ({ server, random }) =>
      run(
        server,
        `SELECT pg_cancel_backend(pid) ${ours} ORDER BY random() LIMIT ${some(random)}`,
      ),
  },
  {
    name: "server paused",
    weight: 30,
    strike: async ({ server, random }) => {
      server.signalAll("SIGSTOP");
      await delay(20 + random() * 150);
      server.signalAll("SIGCONT");
    },
  },
  {
    name: "backend killed: the server recovers",
    weight: 15,
    strike: async ({ server }) => {
      const [victim] = await server.query<{ pid: number }>(
        `SELECT pid ${ours} ORDER BY random() LIMIT 1`,
      );
      if (victim === undefined) return false;
      kill(victim.pid);
      await server.accepting();
      return true;
    },
  },
  {
    name: "server restarted (fast)",
    weight: 8,
    strike: ({ server }) => server.restart("fast"),
  },
  {
    name: "server crashed and started (immediate)",
    weight: 8,
    strike: ({ server }) => server.restart("immediate"),
  },
];

const total = faults.reduce((sum, { weight }) => sum + weight, 0);

/** The next fault, by its weight. */
export function chooseFault(random: () => number): Fault {
  let left = random() * total;
  const chosen = faults.find(({ weight }) => (left -= weight) < 0);
  if (chosen === undefined) throw new Error("There are no faults to choose.");
  return chosen;
}

/** The backend may have ended by itself meanwhile. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** One connection, or many. */
function some(random: () => number): number {
  return random() < 0.8 ? 1 : 1 + Math.floor(random() * 20);
}

function now(act: () => void): Promise<void> {
  act();
  return Promise.resolve();
}

async function run(server: PostgresServer, sql: string): Promise<boolean> {
  return (await server.query(sql)).length > 0;
}

/** Strikes at the next message of a kind, whoever sends it. */
async function atMessage(scene: Scene, fate: MessageFate): Promise<boolean> {
  const { random } = scene;
  const side: Side = random() < 0.5 ? "client" : "server";
  const types = side === "client" ? clientMessages : serverMessages;
  const wanted = types[Math.floor(random() * types.length)];
  return strikeOnce(scene, (from, type) =>
    from === side && type === wanted ? fate : "pass",
  );
}

/** Strikes at the next COMMIT, or at its answer. */
async function atCommit(scene: Scene, side: Side): Promise<boolean> {
  return strikeOnce(scene, (from, type, message) => {
    const tag = from === "client" ? "Q" : "C";
    return from === side &&
      type === tag &&
      message.subarray(5).toString().startsWith("COMMIT")
      ? "cut"
      : "pass";
  });
}

/** Lets the rule decide until it has struck; false when it has not within a quarter of a second. */
async function strikeOnce(
  { proxy }: Scene,
  rule: MessageRule,
): Promise<boolean> {
  const struck = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(resolve, 250, false);
    proxy.onMessage((side, type, message) => {
      const fate = rule(side, type, message);
      if (fate === "pass") return fate;
      proxy.onMessage(undefined);
      clearTimeout(timer);
      resolve(true);
      return fate;
    });
  });
  proxy.onMessage(undefined);
  return struck;
}
