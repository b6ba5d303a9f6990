import type {
  ConnectionNotice,
  DatabaseConnection,
} from "../../templates/infrastructure/database/engines/database-engine.ts";
import { ConnectionPool } from "../../templates/infrastructure/database/pool/connection-pool.ts";
import type { PoolOptions } from "../../templates/infrastructure/database/pool/pool-options.ts";

/** A connection without a database, to try the pool alone with. */
export class FakeConnection implements DatabaseConnection {
  readonly native = {};
  readonly id: number;
  open = true;
  alive = true;
  inTransaction = false;
  pings = 0;
  #notify: ((notice: ConnectionNotice) => void) | undefined;
  readonly #onClose: () => void;

  constructor(id: number, onClose: () => void) {
    this.id = id;
    this.#onClose = onClose;
  }

  get usable(): boolean {
    return this.open && !this.inTransaction;
  }

  query<Row extends object>(): Promise<Row[]> {
    return Promise.resolve([]);
  }

  async ping(): Promise<void> {
    this.pings++;
    await Promise.resolve();
    if (!this.alive) throw new Error("dead");
  }

  settled(): undefined {
    return undefined;
  }

  park(): void {
    // No socket.
  }

  resume(): void {
    // No socket.
  }

  watch(listener: (notice: ConnectionNotice) => void): void {
    this.#notify = listener;
  }

  notice(notice: ConnectionNotice): void {
    this.#notify?.(notice);
  }

  cancel(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (!this.open) throw new Error("closed twice");
    await new Promise((resolve) => setImmediate(resolve));
    this.open = false;
    this.#onClose();
  }
}

/** Makes fake connections, fails on demand, and counts the most that were ever open. */
export class FakeServer {
  readonly connections: FakeConnection[] = [];
  /** What the next attempts end in, in order; then they succeed. */
  failures: Error[] = [];
  down = false;
  attempts = 0;
  mostOpen = 0;
  #open = 0;

  get open(): number {
    return this.#open;
  }

  async connect(): Promise<FakeConnection> {
    this.attempts++;
    this.#open++;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
    await new Promise((resolve) => setImmediate(resolve));
    const failure = this.down ? healing() : this.failures.shift();
    if (failure !== undefined) {
      this.#open--;
      throw failure;
    }
    const connection = new FakeConnection(this.connections.length, () => {
      this.#open--;
    });
    this.connections.push(connection);
    return connection;
  }
}

/** An error that goes away by waiting. */
export function healing(): Error {
  return Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
}

/** A pool over the fake server. */
export function fakePool(
  server: FakeServer,
  options: Partial<PoolOptions> = {},
): ConnectionPool {
  return new ConnectionPool({
    size: 2,
    maxOverflow: 1,
    timeoutMs: 1000,
    recycleMs: Infinity,
    prePing: false,
    prePingIdleMs: 0,
    pingTimeoutMs: 100,
    leakThresholdMs: 0,
    timeoutHint: "Hint.",
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
    open: () => server.connect(),
    heals: (error) => error instanceof Error && error.message === "refused",
    ...options,
  });
}
