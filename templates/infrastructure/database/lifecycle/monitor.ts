import type { Engine } from "../engine.ts";
import { reasonOf } from "../errors.ts";
import { checkHealth, type HealthReport } from "./health.ts";

/** Options of a HealthMonitor. */
export interface HealthMonitorOptions {
  /** Seconds between the end of a check and the next one; 30 by default. */
  readonly interval?: number;
  /** Seconds a check may take; 5 by default. */
  readonly timeout?: number;
  /** Called after the first check and whenever the database became healthy or unhealthy. */
  readonly onChange?: (report: HealthReport) => void;
}

/** Checks the database again and again; it never keeps a process alive that is otherwise done. */
export class HealthMonitor implements Disposable {
  readonly #engine: Engine;
  readonly #options: HealthMonitorOptions;
  #timer: NodeJS.Timeout | undefined;
  #last: HealthReport | undefined;
  #running = false;

  constructor(engine: Engine, options: HealthMonitorOptions = {}) {
    this.#engine = engine;
    this.#options = options;
  }

  /** What the last check found; undefined before the first one. */
  get last(): HealthReport | undefined {
    return this.#last;
  }

  /** Checks now and then at every interval; starting twice changes nothing. */
  start(): this {
    if (!this.#running) {
      this.#running = true;
      void this.#check();
    }
    return this;
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #check(): Promise<void> {
    const { interval = 30, timeout = 5 } = this.#options;
    const report = await checkHealth(this.#engine, { timeout });
    if (!this.#isRunning()) return;
    this.#note(report);
    this.#timer = setTimeout(() => void this.#check(), interval * 1000);
    this.#timer.unref();
  }

  /** A check takes time, and somebody may have stopped the monitor meanwhile. */
  #isRunning(): boolean {
    return this.#running;
  }

  #note(report: HealthReport): void {
    const changed = this.#last?.healthy !== report.healthy;
    this.#last = report;
    if (!changed) return;
    try {
      this.#options.onChange?.(report);
    } catch (error) {
      this.#engine.logger.error(
        `The health monitor's onChange failed: ${reasonOf(error)}.`,
      );
    }
  }
}
