/** How often and how fast a retry tries; durations in seconds. */
export interface RetryConfigOptions {
  /** How often the work runs at most, the first time included; 3 by default. */
  readonly maxAttempts?: number;
  /** The delay before the first repetition; 0.1 s by default. */
  readonly baseDelay?: number;
  /** No delay is ever longer; 10 s by default. */
  readonly maxDelay?: number;
  /** The factor from one delay to the next; 2 by default. */
  readonly exponentialBase?: number;
  /** Shortens each delay at random, to the half at most, so that callers who failed together do not return together. */
  readonly jitter?: boolean;
}

/** A checked, immutable retry policy; the names and numbers are those of the guide. */
export class RetryConfig {
  readonly maxAttempts: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
  readonly exponentialBase: number;
  readonly jitter: boolean;

  /** Throws a RangeError that names every option out of its bounds. */
  constructor(options: RetryConfigOptions = {}) {
    this.maxAttempts = options.maxAttempts ?? 3;
    this.baseDelay = options.baseDelay ?? 0.1;
    this.maxDelay = options.maxDelay ?? 10;
    this.exponentialBase = options.exponentialBase ?? 2;
    this.jitter = options.jitter ?? true;
    const problems = this.#problems();
    if (problems.length > 0)
      throw new RangeError(`Invalid RetryConfig: ${problems.join("; ")}.`);
    Object.freeze(this);
  }

  /** Seconds to wait after the attempt of that number (1 is the first one). */
  calculateDelay(attempt: number): number {
    const growth = this.exponentialBase ** Math.max(0, attempt - 1);
    const delay = Math.min(this.baseDelay * growth, this.maxDelay);
    return this.jitter ? delay * (0.5 + Math.random() / 2) : delay;
  }

  #problems(): string[] {
    return [
      expected(
        "maxAttempts",
        this.maxAttempts,
        "an integer from 1",
        Number.isInteger(this.maxAttempts) && this.maxAttempts >= 1,
      ),
      expected(
        "baseDelay",
        this.baseDelay,
        "seconds from 0",
        this.baseDelay >= 0,
      ),
      expected(
        "maxDelay",
        this.maxDelay,
        `seconds from baseDelay (${this.baseDelay}) to 3600`,
        this.maxDelay >= this.baseDelay && this.maxDelay <= 3600,
      ),
      expected(
        "exponentialBase",
        this.exponentialBase,
        "a number from 1",
        this.exponentialBase >= 1,
      ),
    ].flat();
  }
}

/** Three attempts, 0.1 s and 0.2 s apart, with jitter. */
export const DEFAULT_RETRY_CONFIG = new RetryConfig();

function expected(
  name: string,
  value: unknown,
  bounds: string,
  holds: boolean,
): string[] {
  return holds ? [] : [`${name}: expected ${bounds}, got ${String(value)}`];
}
