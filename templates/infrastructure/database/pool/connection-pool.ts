import {
  PoolClosedError,
  type PoolFigures,
  PoolTimeoutError,
} from "../errors.ts";
import { ConnectionOpener } from "./connection-opener.ts";
import { rememberBorrower, reportLeak } from "./leak-report.ts";
import type { Checkout, PoolOptions } from "./pool-options.ts";
import { conditionOf, type Slot } from "./slot.ts";
import { SlotRack } from "./slot-rack.ts";
import { Stillness } from "./stillness.ts";
import { WaitingLine } from "./waiting-line.ts";

/**
 * SQLAlchemy's QueuePool: at most `size + maxOverflow` connections, of which `size` stay open; the one returned
 * last is lent first, and callers are served in the order in which they came.
 */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #rack: SlotRack;
  readonly #line = new WaitingLine<Slot>();
  readonly #opener: ConnectionOpener;
  readonly #stillness = new Stillness(
    () => this.#rack.lent === 0 && this.#line.length === 0,
  );
  #door: "open" | "serving" | "closed" = "open";
  #reason: string | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#rack = new SlotRack(() => {
      this.#opener.start();
      this.#stillness.check();
    });
    this.#opener = new ConnectionOpener({
      ...options,
      wanted: (opening) => this.#wanted(opening),
      established: () => this.#rack.serving,
      opened: (connection) => {
        this.#place(this.#rack.add(connection));
      },
      failed: (error) => {
        this.#line.refuseFirst(error);
      },
    });
  }

  get closed(): boolean {
    return this.#door !== "open";
  }

  figures(): PoolFigures {
    const { size, maxOverflow } = this.#options;
    return {
      size,
      maxOverflow,
      overflow: Math.max(0, this.#rack.idle + this.#rack.lent - size),
      checkedOut: this.#rack.lent,
      checkedIn: this.#rack.idle,
      waiting: this.#line.length,
    };
  }

  /** Lends a connection that works; rejects with PoolTimeoutError, PoolClosedError or what forbids to connect. */
  async acquire({ timeoutMs, brief }: Checkout = {}): Promise<Slot> {
    if (this.closed) throw new PoolClosedError(this.#reason);
    const { leakThresholdMs, logger } = this.#options;
    const watched = leakThresholdMs > 0 && brief !== true;
    const borrower = watched ? rememberBorrower() : undefined;
    const patienceMs = timeoutMs ?? this.#options.timeoutMs;
    const deadline = performance.now() + patienceMs;
    let slot = this.#rack.take() ?? (await this.#join(deadline, patienceMs));
    for (;;) {
      const condition = conditionOf(slot, this.#options);
      if (condition === "good") break;
      if (condition === "unchecked" && (await this.#answers(slot, deadline)))
        break;
      void this.#rack.discard(slot);
      slot = await this.#join(deadline, patienceMs, "first");
    }
    slot.fresh = false;
    if (borrower !== undefined)
      slot.onReturn = reportLeak(leakThresholdMs, borrower, logger);
    return slot;
  }

  /** Takes a connection back; a second return of the same one does nothing. */
  release(slot: Slot): void {
    const settled = slot.connection.settled();
    if (settled === undefined) this.#takeBack(slot);
    else
      void settled.then(() => {
        this.#takeBack(slot);
      });
  }

  /** Closes a connection instead of taking it back. */
  destroy(slot: Slot): Promise<void> {
    return this.#rack.discard(slot);
  }

  /** Refuses new callers and closes what is idle; who already waits is served or refused. */
  close(waiters: "serve" | "refuse", reason?: string): void {
    this.#reason ??= reason;
    if (this.#door === "open") this.#door = "serving";
    if (waiters === "refuse") {
      this.#door = "closed";
      this.#line.refuseAll(new PoolClosedError(this.#reason));
    }
    this.#rack.discardIdle();
  }

  /** Resolves when nothing is lent and nobody waits; rejects with the signal's reason when it aborts. */
  idle(signal?: AbortSignal): Promise<void> {
    return this.#stillness.wait(signal);
  }

  /** Asks the server to stop what runs on the lent connections; resolves to their number. */
  async cancelAll(): Promise<number> {
    const slots = this.#rack.lentSlots;
    await Promise.all(slots.map((slot) => slot.connection.cancel()));
    return slots.length;
  }

  /** Closes everything at once, lent connections too; resolves to the number of those. */
  async destroyAll(): Promise<number> {
    this.close("refuse");
    this.#opener.stop();
    const slots = this.#rack.lentSlots;
    for (const slot of slots) void this.#rack.discard(slot);
    await this.#rack.closed();
    return slots.length;
  }

  #wanted(opening: number): number {
    const { size, maxOverflow } = this.#options;
    return Math.min(
      this.#line.length - opening,
      size + maxOverflow - this.#rack.taken - opening,
    );
  }

  async #join(
    deadline: number,
    timeoutMs: number,
    place: "first" | "last" = "last",
  ): Promise<Slot> {
    if (this.#door === "closed") throw new PoolClosedError(this.#reason);
    const leftMs = Math.max(0, deadline - performance.now());
    const turn = this.#line.join(leftMs, () => this.#late(timeoutMs), place);
    this.#opener.start();
    try {
      return await turn;
    } catch (error) {
      this.#stillness.check();
      throw error;
    }
  }

  #late(timeoutMs: number): PoolTimeoutError {
    return new PoolTimeoutError({
      ...this.figures(),
      waited: timeoutMs / 1000,
      lastFailure: this.#opener.lastFailure,
      hint: this.#options.timeoutHint,
    });
  }

  /** A check that fails casts doubt on all older connections: usually it is the server that went away. */
  async #answers(slot: Slot, deadline: number): Promise<boolean> {
    const { pingTimeoutMs } = this.#options;
    const leftMs = Math.max(1, deadline - performance.now());
    try {
      await slot.connection.ping(Math.min(pingTimeoutMs, leftMs));
      this.#rack.answered(slot);
      return slot.state === "lent";
    } catch {
      slot.sound = false;
      if (leftMs >= pingTimeoutMs) this.#rack.suspectAll();
      return false;
    }
  }

  #takeBack(slot: Slot): void {
    if (slot.state !== "lent") return;
    slot.onReturn?.();
    slot.usedAt = performance.now();
    this.#place(slot);
    this.#stillness.check();
  }

  /** A connection that is free goes to who waits longest, or to rest, or away. */
  #place(slot: Slot): void {
    if (!this.#rack.poolable(slot)) void this.#rack.discard(slot);
    else if (this.#line.serve(slot)) return;
    else if (this.closed || this.#rack.idle >= this.#options.size)
      void this.#rack.discard(slot);
    else this.#rack.putBack(slot);
  }
}
