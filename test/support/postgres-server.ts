import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as pg from "pg";
import { findPostgresBinaries, serverAccount } from "./postgres-binaries.ts";

export interface PostgresServerOptions {
  /** Further settings, such as `{ max_connections: "10" }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const defaults: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  shared_buffers: "64MB",
  // Tests kill processes, never the machine: no durability against power loss is needed.
  fsync: "off",
  max_prepared_transactions: "5",
};

/** A real PostgreSQL server in a temporary folder, which a test may kill, freeze and restart. */
export class PostgresServer {
  readonly port: number;
  readonly folder: string;
  readonly #settings: Record<string, string>;
  #process: ChildProcess | undefined;

  private constructor(
    port: number,
    folder: string,
    settings: Record<string, string>,
  ) {
    this.port = port;
    this.folder = folder;
    this.#settings = settings;
  }

  static async start(
    options: PostgresServerOptions = {},
  ): Promise<PostgresServer> {
    const folder = newFolder();
    initialise(folder);
    const server = new PostgresServer(await freePort(), folder, {
      ...defaults,
      ...options.settings,
    });
    await server.up();
    return server;
  }

  /** The superuser's URL of one database. */
  url(database = "postgres"): string {
    return `postgresql://postgres:secret@127.0.0.1:${this.port}/${database}`;
  }

  /** The postmaster's process id. */
  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined)
      throw new Error("The PostgreSQL server is not running.");
    return pid;
  }

  /** Starts the server on its port and waits until it accepts connections. */
  async up(): Promise<void> {
    this.launch();
    await this.accepting();
  }

  /** Starts the server without waiting for it. */
  launch(): void {
    const flags = Object.entries(this.#settings).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const { postgres } = findPostgresBinaries();
    // The server writes it by itself: its last words may come when the folder is gone.
    const log = openSync(join(this.folder, "test.log"), "a");
    const child = spawn(
      postgres,
      ["-D", join(this.folder, "data"), "-p", String(this.port), ...flags],
      {
        ...serverAccount,
        cwd: this.folder,
        stdio: ["ignore", "ignore", log],
      },
    );
    closeSync(log);
    const kill = (): void => {
      child.kill("SIGKILL");
    };
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    this.#process = child;
  }

  /** Resolves when the server answers a query. */
  async accepting(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (await answers(this.url())) return;
      await delay(20);
    }
    throw new Error(
      `PostgreSQL did not start within 60 s; its log is in ${this.folder}/test.log.`,
    );
  }

  /** Stops the server: `fast` disconnects clients in order, `immediate` is a crash, `kill` is SIGKILL. */
  async down(how: "fast" | "immediate" | "kill" = "fast"): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const children = this.#children();
    this.#process = undefined;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(
      ({ fast: "SIGINT", immediate: "SIGQUIT", kill: "SIGKILL" } as const)[how],
    );
    if (child.exitCode === null && child.signalCode === null) await ended;
    // Orphans notice by themselves, and hold the shared memory until then.
    for (let turn = 0; turn < 300 && children.some(isAlive); turn += 1)
      await delay(10);
  }

  async restart(how: "fast" | "immediate" = "fast"): Promise<void> {
    await this.down(how);
    await this.up();
  }

  /** A copy of this server, which must be down, with a port of its own; it is down too. */
  async copy(): Promise<PostgresServer> {
    const folder = newFolder();
    const run = spawnSync("cp", ["-R", join(this.folder, "data"), folder], {
      ...serverAccount,
      cwd: folder,
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(`cp failed:\n${run.stderr}`);
    return new PostgresServer(await freePort(), folder, { ...this.#settings });
  }

  /** Makes this server, which must be down, a standby of another: it starts read-only and can be promoted. */
  follow(primary: PostgresServer): void {
    this.#settings.primary_conninfo = `host=127.0.0.1 port=${primary.port} user=postgres password=secret application_name=standby`;
    writeFileSync(join(this.folder, "data/standby.signal"), "");
  }

  /** Ends the standby's recovery: from now on it takes writes. */
  async promote(): Promise<void> {
    await this.query("SELECT pg_promote()");
  }

  /** Stops or continues every process of the server, as an overloaded or paused machine would. */
  signalAll(signal: "SIGSTOP" | "SIGCONT"): void {
    for (const pid of [this.pid, ...this.#children()]) send(pid, signal);
  }

  #children(): number[] {
    const listed = spawnSync("ps", ["-o", "pid=", "--ppid", String(this.pid)], {
      encoding: "utf8",
    });
    return listed.stdout
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0);
  }

  /** Runs statements as the superuser on a connection of its own. */
  async query<Row extends pg.QueryResultRow>(
    sql: string,
    database = "postgres",
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Stops the server and removes its folder. */
  async remove(): Promise<void> {
    await this.down("immediate");
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bento-postgres-"));
  if (serverAccount.uid !== undefined)
    chownSync(folder, serverAccount.uid, serverAccount.gid ?? 0);
  return folder;
}

function initialise(folder: string): void {
  const { initdb } = findPostgresBinaries();
  const run = spawnSync(
    "sh",
    [
      "-c",
      `printf secret > "$1/password" && "$2" -D "$1/data" -U postgres -A password --pwfile "$1/password" -E UTF8 --no-locale --no-sync`,
      "sh",
      folder,
      initdb,
    ],
    { ...serverAccount, cwd: folder, encoding: "utf8" },
  );
  if (run.status !== 0)
    throw new Error(`initdb failed:\n${run.stdout}${run.stderr}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Sends a signal; false when the process has ended. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

/** A port on the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody listens on the loopback port. */
export async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
