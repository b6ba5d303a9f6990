import type { DatabaseConnection, Lane } from "../engines/database-engine.ts";
import type { PoolFigures } from "../errors.ts";
import type { ConnectionPool } from "./connection-pool.ts";
import type { EnginePool, PoolStatus } from "./engine-pool.ts";
import type { Checkout } from "./pool-options.ts";
import type { Slot } from "./slot.ts";

/** Who holds a connection: the way back to its pool. */
interface Loan {
  readonly pool: ConnectionPool;
  readonly slot: Slot;
}

/** One or two pools that look like one: SQLite keeps its readers apart from its writer. */
export class Lanes implements EnginePool {
  readonly #write: ConnectionPool;
  readonly #read: ConnectionPool;
  readonly #all: readonly ConnectionPool[];
  readonly #loans = new WeakMap<object, Loan>();

  constructor(write: ConnectionPool, read: ConnectionPool = write) {
    this.#write = write;
    this.#read = read;
    this.#all = write === read ? [write] : [write, read];
  }

  /** Lends a connection; give its `native` object back to `release` or `destroy`. */
  async acquire(lane: Lane, checkout?: Checkout): Promise<DatabaseConnection> {
    const pool = lane === "read" ? this.#read : this.#write;
    const slot = await pool.acquire(checkout);
    this.#loans.set(slot.connection.native, { pool, slot });
    return slot.connection;
  }

  release(native: object): void {
    const loan = this.#loans.get(native);
    loan?.pool.release(loan.slot);
  }

  async destroy(native: object): Promise<void> {
    const loan = this.#loans.get(native);
    await loan?.pool.destroy(loan.slot);
  }

  size(): number {
    return this.#sum("size");
  }

  checkedOut(): number {
    return this.#sum("checkedOut");
  }

  checkedIn(): number {
    return this.#sum("checkedIn");
  }

  overflow(): number {
    return this.#sum("overflow");
  }

  waiting(): number {
    return this.#sum("waiting");
  }

  status(): PoolStatus {
    return {
      size: this.size(),
      maxOverflow: this.#sum("maxOverflow"),
      overflow: this.overflow(),
      checkedOut: this.checkedOut(),
      checkedIn: this.checkedIn(),
      waiting: this.waiting(),
      closed: this.#write.closed,
    };
  }

  close(options: { readonly waiters: "serve" | "refuse" }): void {
    for (const pool of this.#all) pool.close(options.waiters);
  }

  async idle(signal?: AbortSignal): Promise<void> {
    await Promise.all(this.#all.map((pool) => pool.idle(signal)));
  }

  async cancelAll(): Promise<number> {
    return total(await Promise.all(this.#all.map((pool) => pool.cancelAll())));
  }

  async destroyAll(): Promise<number> {
    return total(await Promise.all(this.#all.map((pool) => pool.destroyAll())));
  }

  async probe(timeoutMs: number): Promise<void> {
    const since = performance.now();
    const connection = await this.acquire("read", { timeoutMs, brief: true });
    const leftMs = since + timeoutMs - performance.now();
    try {
      await connection.ping(Math.max(1, leftMs));
    } catch (error) {
      await this.destroy(connection.native);
      throw error;
    }
    this.release(connection.native);
  }

  #sum(figure: keyof PoolFigures): number {
    return total(this.#all.map((pool) => pool.figures()[figure]));
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
