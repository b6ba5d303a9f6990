import type { DatabaseConnection } from "../engines/database-engine.ts";
import type { Slot } from "./slot.ts";

/** Every open connection of a pool: who is idle, who is lent, and how many places are taken. */
export class SlotRack {
  readonly #idle: Slot[] = [];
  readonly #lent = new Set<Slot>();
  readonly #onFree: () => void;
  readonly #closing = new Set<Promise<void>>();
  #generation = 0;

  /** `onFree` is called whenever a place has become free. */
  constructor(onFree: () => void) {
    this.#onFree = onFree;
  }

  get idle(): number {
    return this.#idle.length;
  }

  get lent(): number {
    return this.#lent.size;
  }

  /** Places taken; a connection that is closing keeps its own, so that the server never sees too many. */
  get taken(): number {
    return this.#idle.length + this.#lent.size + this.#closing.size;
  }

  /** Whether somebody works on a connection that is alive; a dead one stays lent until its borrower has noticed. */
  get serving(): boolean {
    return this.lentSlots.some(({ sound }) => sound);
  }

  get lentSlots(): Slot[] {
    return [...this.#lent];
  }

  /** Enters a connection that has just been opened, as lent. */
  add(connection: DatabaseConnection): Slot {
    const now = performance.now();
    const slot: Slot = {
      connection,
      openedAt: now,
      usedAt: now,
      generation: this.#generation,
      state: "lent",
      fresh: true,
      sound: true,
    };
    this.#lent.add(slot);
    connection.watch((notice) => {
      slot.sound = false;
      if (notice === "demoted") this.suspectAll();
      else if (slot.state === "idle") void this.discard(slot);
    });
    return slot;
  }

  /** The connection that was returned last: the warmest. */
  take(): Slot | undefined {
    const slot = this.#idle.pop();
    if (slot === undefined) return undefined;
    slot.state = "lent";
    this.#lent.add(slot);
    slot.connection.resume();
    return slot;
  }

  putBack(slot: Slot): void {
    this.#lent.delete(slot);
    slot.state = "idle";
    slot.fresh = false;
    slot.connection.park();
    this.#idle.push(slot);
  }

  /** The server has just answered: the connection is as good as a new one. */
  answered(slot: Slot): void {
    slot.usedAt = performance.now();
    slot.generation = this.#generation;
  }

  /** Whether a connection that comes back may be lent again. */
  poolable(slot: Slot): boolean {
    return (
      slot.sound &&
      slot.generation === this.#generation &&
      slot.connection.usable
    );
  }

  /** Never lends again what is open now. */
  suspectAll(): void {
    this.#generation++;
    this.discardIdle();
  }

  discardIdle(): void {
    for (const slot of [...this.#idle]) void this.discard(slot);
  }

  async discard(slot: Slot): Promise<void> {
    if (slot.state === "closed") return;
    if (slot.state === "idle") this.#idle.splice(this.#idle.indexOf(slot), 1);
    else this.#lent.delete(slot);
    slot.state = "closed";
    slot.onReturn?.();
    const closing = slot.connection.close();
    this.#closing.add(closing);
    await closing;
    this.#closing.delete(closing);
    this.#onFree();
  }

  /** Resolves when every connection that was discarded is closed. */
  async closed(): Promise<void> {
    await Promise.all(this.#closing);
  }
}
