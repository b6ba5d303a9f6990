import { setMaxListeners } from "node:events";
import type { DatabaseConnection } from "../engines/database-engine.ts";
import { reasonOf } from "../errors.ts";
import type { Logger } from "../logger.ts";

/** The opener asks the pool how much is wanted, and hands over what came of it. */
export interface OpenerPort {
  readonly open: (signal: AbortSignal) => Promise<DatabaseConnection>;
  readonly heals: (error: unknown) => boolean;
  readonly logger: Logger;
  /** How many more connections are wanted and have a place, when so many are being opened. */
  wanted(opening: number): number;
  /** Whether callers can be served meanwhile by connections that are open. */
  established(): boolean;
  opened(connection: DatabaseConnection): void;
  failed(error: unknown): void;
}

const firstPauseMs = 20;
/** Short, so that the first caller is served within 0.1 s of the server's return. */
const longestPauseMs = 80;
const longestPauseWhileServedMs = 250;

/**
 * Opens the connections that the waiting callers need. While the server is away, one attempt after the other
 * probes it and the callers keep waiting; errors that no waiting heals go to the caller at once.
 */
export class ConnectionOpener {
  /** Why the last attempt failed; undefined after a success. */
  lastFailure: unknown;
  readonly #port: OpenerPort;
  /** Attempts under way; each holds a place of the pool. */
  #opening = 0;
  readonly #abort = new AbortController();
  #pauseMs = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(port: OpenerPort) {
    this.#port = port;
    // Every attempt under way listens.
    setMaxListeners(0, this.#abort.signal);
  }

  /** Starts as many attempts as are wanted now. */
  start(): void {
    if (this.#abort.signal.aborted || this.#pause !== undefined) return;
    const most = this.#pauseMs > 0 ? 1 : Infinity;
    while (this.#opening < most && this.#port.wanted(this.#opening) > 0)
      void this.#attempt();
  }

  /** Ends the attempts under way and starts no more. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#abort.abort();
  }

  async #attempt(): Promise<void> {
    this.#opening++;
    try {
      const connection = await this.#port.open(this.#abort.signal);
      this.#opening--;
      this.#recovered();
      this.#port.opened(connection);
    } catch (error) {
      this.#opening--;
      this.#failed(error);
    }
    this.start();
  }

  #failed(error: unknown): void {
    this.lastFailure = error;
    if (this.#abort.signal.aborted) return;
    if (!this.#port.heals(error)) {
      this.#pauseMs = 0;
      this.#port.failed(error);
      return;
    }
    if (this.#pauseMs === 0) this.#warn(error);
    this.#wait();
  }

  #wait(): void {
    if (this.#pause !== undefined) return;
    const longest = this.#port.established()
      ? longestPauseWhileServedMs
      : longestPauseMs;
    this.#pauseMs = Math.min(
      longest,
      this.#pauseMs === 0 ? firstPauseMs : this.#pauseMs * 2,
    );
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.start();
    }, this.#pauseMs);
    // Who waits keeps the process alive by the timer of the wait.
    this.#pause.unref();
  }

  #recovered(): void {
    if (this.#pauseMs > 0)
      this.#port.logger.info("The database accepts connections again.");
    this.lastFailure = undefined;
    this.#pauseMs = 0;
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #warn(error: unknown): void {
    this.#port.logger.warn(
      `No connection to the database: ${reasonOf(error)}. Callers wait until it accepts connections, or their pool timeout is over.`,
    );
  }
}
