import { setTimeout as delay } from "node:timers/promises";
import { judgeError } from "./classifier.ts";
import { DEFAULT_RETRY_CONFIG, type RetryConfig } from "./retry-config.ts";
import { type RetryHistory, recordHistory } from "./retry-history.ts";

/** What `onRetry` is told before the next attempt. */
export interface RetryNotice {
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Seconds until the next attempt. */
  readonly delay: number;
}

/** Options of every retrying function of the layer. */
export interface RetryOptions {
  /** DEFAULT_RETRY_CONFIG when it is left out. */
  readonly config?: RetryConfig;
  /** Called before each repetition, for logs and metrics; the retry waits for it, and ends if it throws. */
  readonly onRetry?: (error: unknown, notice: RetryNotice) => unknown;
  /** Ends the waiting between attempts with the signal's reason; a running attempt is never cut off. */
  readonly signal?: AbortSignal;
  /** Seconds for everything together: no attempt starts later. Unlimited by default. */
  readonly deadline?: number;
  /** Further errors worth another attempt, such as a UniqueConstraintError in a get-or-create. */
  readonly retryIf?: (error: unknown) => boolean;
}

/**
 * Runs the work again while it fails with an error that passes by itself. The work must be a whole unit: a transaction
 * from its first statement to its commit, or something that may happen twice. Rejects with the last error, unchanged;
 * `retryHistoryOf(error)` tells how often it was tried.
 */
export async function retryOnDbError<T>(
  work: (attempt: number) => Promise<T>,
  options: RetryOptions = {},
): Promise<T> {
  options.signal?.throwIfAborted();
  const history = startHistory();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      history.errors.push(error);
      await waitOrGiveUp(error, attempt, options, history);
    }
  }
}

interface RunningHistory {
  readonly startedMs: number;
  readonly errors: unknown[];
}

function startHistory(): RunningHistory {
  return { startedMs: performance.now(), errors: [] };
}

async function waitOrGiveUp(
  error: unknown,
  attempt: number,
  options: RetryOptions,
  history: RunningHistory,
): Promise<void> {
  const config = options.config ?? DEFAULT_RETRY_CONFIG;
  const seconds = config.calculateDelay(attempt);
  const elapsed = (performance.now() - history.startedMs) / 1000;
  const mayGoOn =
    attempt < config.maxAttempts &&
    elapsed + seconds < (options.deadline ?? Infinity) &&
    options.signal?.aborted !== true &&
    isWorthAnother(error, history.errors, options);
  if (!mayGoOn) throw recordHistory(error, summary(history, elapsed));
  await options.onRetry?.(error, { attempt, delay: seconds });
  await pause(seconds, options.signal, history);
}

function isWorthAnother(
  error: unknown,
  errors: readonly unknown[],
  options: RetryOptions,
): boolean {
  if (options.retryIf?.(error) === true) return true;
  const { retry } = judgeError(error);
  if (retry !== "once") return retry === "always";
  return errors.filter((met) => judgeError(met).retry === "once").length < 2;
}

async function pause(
  seconds: number,
  signal: AbortSignal | undefined,
  history: RunningHistory,
): Promise<void> {
  try {
    await delay(seconds * 1000, undefined, signal ? { signal } : {});
  } catch {
    const elapsed = (performance.now() - history.startedMs) / 1000;
    throw recordHistory(signal?.reason, summary(history, elapsed));
  }
}

function summary(history: RunningHistory, elapsed: number): RetryHistory {
  return { attempts: history.errors.length, elapsed, errors: history.errors };
}
