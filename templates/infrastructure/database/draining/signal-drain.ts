import type { Engine } from "../engine.ts";
import { drainConnections } from "./connection-drainer.ts";
import { type DrainOptions, readDrainOptions } from "./drain-options.ts";
import { type SignalOptions, stopOnSignal } from "./shutdown-signals.ts";
import { within } from "./time-limit.ts";

/** Options of `drainWithSignalHandler`. */
export interface SignalDrainOptions extends DrainOptions, SignalOptions {
  /** Runs before the drain, to stop what sends work: a queue consumer, a scheduler; shares the drain's `timeout`. */
  readonly beforeDrain?: (signal: NodeJS.Signals) => unknown;
}

/**
 * Drains and disposes of the engine at the first signal, then exits with 0, or with 1 when work had to be cut off; a
 * second signal exits at once. For an HTTP server use `shutdownOnSignals`.
 */
export function drainWithSignalHandler(
  engine: Engine,
  options: SignalDrainOptions = {},
): Disposable {
  const { timeout } = readDrainOptions(options);
  return stopOnSignal(async (signal) => {
    const startedMs = performance.now();
    engine.markNotReady();
    const prepared = await within(timeout, "beforeDrain", engine.logger, () =>
      options.beforeDrain?.(signal),
    );
    const left = timeout - (performance.now() - startedMs) / 1000;
    const { success, reason } = await drainConnections(engine, {
      ...options,
      timeout: Math.max(0, left),
    });
    if (reason !== undefined) engine.logger.warn(reason);
    await engine.dispose();
    return prepared && success ? 0 : 1;
  }, options);
}
