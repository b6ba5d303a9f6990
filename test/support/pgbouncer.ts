import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { serverAccount } from "./postgres-binaries.ts";
import { freePort, listens } from "./postgres-server.ts";

const places = [
  "pgbouncer",
  "/usr/sbin/pgbouncer",
  "/usr/local/sbin/pgbouncer",
  "/opt/homebrew/bin/pgbouncer",
];

/** The program of PgBouncer, where this machine has it. */
export function findPgBouncer(): string | undefined {
  return places.find((place) => spawnSync(place, ["--version"]).status === 0);
}

/** A real PgBouncer in transaction mode in front of a server, with its defaults otherwise. */
export class PgBouncer {
  readonly #program: string;
  readonly #folder: string;
  readonly #target: URL;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(program: string, target: URL, port: number) {
    this.#program = program;
    this.#folder = mkdtempSync(join(tmpdir(), "bento-pgbouncer-"));
    this.#target = target;
    this.#port = port;
  }

  /** Starts with so few connections to the server that callers must share them. */
  static async start(
    program: string,
    target: string,
    poolSize: number,
  ): Promise<PgBouncer> {
    const bouncer = new PgBouncer(program, new URL(target), await freePort());
    bouncer.#configure(poolSize);
    await bouncer.up();
    return bouncer;
  }

  /** The target's URL by way of PgBouncer. */
  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }

  async up(): Promise<void> {
    this.#process = spawn(
      this.#program,
      ["-q", join(this.#folder, "pgbouncer.ini")],
      {
        ...serverAccount,
        cwd: this.#folder,
        stdio: "ignore",
      },
    );
    for (let turn = 0; turn < 500; turn += 1) {
      if (await listens(this.#port)) return;
      await delay(20);
    }
    throw new Error("PgBouncer did not start within 10 s.");
  }

  async down(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async remove(): Promise<void> {
    await this.down();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #configure(poolSize: number): void {
    const { hostname, port, username, password } = this.#target;
    const users = join(this.#folder, "users.txt");
    writeFileSync(users, `"${username}" "${password}"\n`);
    writeFileSync(
      join(this.#folder, "pgbouncer.ini"),
      [
        "[databases]",
        `* = host=${hostname} port=${port}`,
        "[pgbouncer]",
        "listen_addr = 127.0.0.1",
        `listen_port = ${this.#port}`,
        "unix_socket_dir =",
        "pool_mode = transaction",
        "auth_type = scram-sha-256",
        `auth_file = ${users}`,
        `default_pool_size = ${poolSize}`,
        "server_login_retry = 1",
      ].join("\n"),
    );
    const { uid, gid } = serverAccount;
    if (uid !== undefined) chownSync(this.#folder, uid, gid ?? 0);
  }
}
