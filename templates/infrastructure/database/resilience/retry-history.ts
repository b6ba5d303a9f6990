/** What a retry went through before it gave up. */
export interface RetryHistory {
  /** How often the work ran. */
  readonly attempts: number;
  /** Seconds from the first attempt to giving up. */
  readonly elapsed: number;
  /** The error of each attempt, the first one first. */
  readonly errors: readonly unknown[];
}

const histories = new WeakMap<object, RetryHistory>();

/** Notes the history beside the error, which stays as it was thrown so that `catch` by class works; returns the error. */
export function recordHistory(error: unknown, history: RetryHistory): unknown {
  if (typeof error === "object" && error !== null)
    histories.set(error, history);
  return error;
}

/** How often and how long the work that failed with this error was tried; undefined when no retry has seen it. */
export function retryHistoryOf(error: unknown): RetryHistory | undefined {
  return typeof error === "object" && error !== null
    ? histories.get(error)
    : undefined;
}
