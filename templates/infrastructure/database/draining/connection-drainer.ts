import type { Engine } from "../engine.ts";
import {
  type DrainOptions,
  type DrainResult,
  readDrainOptions,
} from "./drain-options.ts";
import { DrainingMode } from "./draining-mode.ts";

/** Brings one engine to rest, once and for all: it takes no new work from the first call of `drain` on. */
export class ConnectionDrainer {
  readonly #engine: Engine;
  readonly #options: Required<DrainOptions>;
  #running: Promise<DrainResult> | undefined;

  constructor(engine: Engine, options: DrainOptions = {}) {
    this.#engine = engine;
    this.#options = readDrainOptions(options);
  }

  /** Drains and tells how it went; a second call joins the first. Call `engine.dispose()` afterwards. */
  drain(): Promise<DrainResult> {
    this.#running ??= this.#drain();
    return this.#running;
  }

  async #drain(): Promise<DrainResult> {
    const { mode, timeout } = this.#options;
    const startedMs = performance.now();
    const connectionsAtStart = this.#open();
    this.#engine.markNotReady();
    this.#engine.pool.close({
      waiters: mode === DrainingMode.GRACEFUL ? "serve" : "refuse",
    });
    const outcome = await this.#finish();
    return {
      success: outcome.reason === undefined,
      mode,
      timeout,
      connectionsAtStart,
      connectionsAtEnd: this.#open(),
      timeTaken: (performance.now() - startedMs) / 1000,
      ...outcome,
    };
  }

  #finish(): Promise<Outcome> {
    switch (this.#options.mode) {
      case DrainingMode.GRACEFUL:
        return this.#wait();
      case DrainingMode.IMMEDIATE:
        return Promise.resolve({ cancelled: 0 });
      case DrainingMode.FORCE:
        return this.#cut();
    }
  }

  async #wait(): Promise<Outcome> {
    const { timeout, checkInterval } = this.#options;
    const { pool, logger } = this.#engine;
    const report = setInterval(
      () => {
        logger.info(
          `Draining: ${pool.checkedOut()} connections in use, ${pool.waiting()} callers waiting.`,
        );
      },
      Math.max(checkInterval, 0.01) * 1000,
    );
    try {
      if (await this.#idleWithin(timeout)) return { cancelled: 0 };
    } finally {
      clearInterval(report);
    }
    const reason = `After ${timeout} s ${pool.checkedOut()} connections were still in use and ${pool.waiting()} callers waiting; their statements were cancelled and the connections closed.`;
    pool.close({ waiters: "refuse" });
    const { cancelled } = await this.#cut();
    return { cancelled, reason };
  }

  /** Cancels again and again: work that goes on with its next statement must not outlive its connection on the server. */
  async #cut(): Promise<Outcome> {
    const { pool } = this.#engine;
    const { cancelGrace } = this.#options;
    const endMs = performance.now() + cancelGrace * 1000;
    const cancelled = pool.checkedOut();
    do {
      const leftSeconds = (endMs - performance.now()) / 1000;
      const cancelling = pool.cancelAll();
      if (await this.#idleWithin(Math.min(leftSeconds, 0.1))) break;
      await Promise.race([cancelling, this.#idleWithin(leftSeconds)]);
    } while (performance.now() < endMs);
    await pool.destroyAll();
    const left = this.#open();
    return left === 0
      ? { cancelled }
      : { cancelled, reason: `${left} connections could not be closed.` };
  }

  async #idleWithin(seconds: number): Promise<boolean> {
    const deadline = new AbortController();
    const timer = setTimeout(
      () => {
        deadline.abort();
      },
      Math.max(0, seconds * 1000),
    );
    try {
      await this.#engine.pool.idle(deadline.signal);
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  #open(): number {
    const { pool } = this.#engine;
    return pool.checkedIn() + pool.checkedOut();
  }
}

interface Outcome {
  readonly cancelled: number;
  readonly reason?: string;
}

/** Drains the engine once; the short form of a ConnectionDrainer. */
export function drainConnections(
  engine: Engine,
  options: DrainOptions = {},
): Promise<DrainResult> {
  return new ConnectionDrainer(engine, options).drain();
}
