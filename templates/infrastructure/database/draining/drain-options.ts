import { DrainingMode } from "./draining-mode.ts";

/** Options of a ConnectionDrainer; durations in seconds. */
export interface DrainOptions {
  /** How long GRACEFUL waits for work in flight; 30 by default. */
  readonly timeout?: number;
  /** GRACEFUL by default. */
  readonly mode?: DrainingMode;
  /** How often the progress is logged while waiting; 0.5 by default. The end itself is noticed at once. */
  readonly checkInterval?: number;
  /** How long a cancelled statement has to end before its connection is closed; 1 by default. */
  readonly cancelGrace?: number;
}

/** What a drain did; durations in seconds. */
export interface DrainResult {
  /** Whether it ended as its mode promises: GRACEFUL without cancelling anything, FORCE with nothing left open. */
  readonly success: boolean;
  readonly mode: DrainingMode;
  readonly timeout: number;
  readonly connectionsAtStart: number;
  /** Still open at the end: none, except the busy ones of IMMEDIATE. */
  readonly connectionsAtEnd: number;
  /** Connections whose statement was cancelled on the server. */
  readonly cancelled: number;
  readonly timeTaken: number;
  /** Why it did not succeed. */
  readonly reason?: string;
}

/** The options with every default filled in; throws a RangeError that names the wrong one. */
export function readDrainOptions(
  options: DrainOptions,
): Required<DrainOptions> {
  const settings = {
    timeout: options.timeout ?? 30,
    mode: options.mode ?? DrainingMode.GRACEFUL,
    checkInterval: options.checkInterval ?? 0.5,
    cancelGrace: options.cancelGrace ?? 1,
  };
  for (const name of ["timeout", "checkInterval", "cancelGrace"] as const)
    if (!(settings[name] >= 0 && settings[name] <= 86_400))
      throw new RangeError(
        `${name}: expected seconds from 0 to 86400, got ${String(settings[name])}.`,
      );
  if (!Object.values(DrainingMode).includes(settings.mode))
    throw new RangeError(
      `mode: expected ${Object.values(DrainingMode).join(", ")}, got ${settings.mode}.`,
    );
  return settings;
}
