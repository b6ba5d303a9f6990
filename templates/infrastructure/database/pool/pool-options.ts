import type { DatabaseConnection } from "../engines/database-engine.ts";
import type { Logger } from "../logger.ts";

/** What a caller wants to borrow a connection for. */
export interface Checkout {
  /** How long to wait; the pool's own time by default. */
  readonly timeoutMs?: number;
  /** For one statement, after which it certainly comes back: nobody need watch for a leak. */
  readonly brief?: boolean;
}

/** How one lane of connections behaves; every duration is in milliseconds. */
export interface PoolOptions {
  /** Connections kept open when idle. */
  readonly size: number;
  /** Connections opened beyond `size` under load, and closed when they are returned. */
  readonly maxOverflow: number;
  /** How long a caller waits at most, connecting included. */
  readonly timeoutMs: number;
  /** A connection older than this is replaced at checkout; Infinity = never. */
  readonly recycleMs: number;
  /** Whether a connection that was idle is checked before it is lent. */
  readonly prePing: boolean;
  /** A connection used less than this ago is lent without a check. */
  readonly prePingIdleMs: number;
  /** How long a check may take before the connection counts as dead. */
  readonly pingTimeoutMs: number;
  /** A connection held longer than this is reported once; 0 = never. */
  readonly leakThresholdMs: number;
  /** What the timeout error tells the reader to look at. */
  readonly timeoutHint: string;
  readonly logger: Logger;
  /** Opens a connection; the signal aborts when the pool is destroyed. */
  readonly open: (signal: AbortSignal) => Promise<DatabaseConnection>;
  /** Whether an error of `open` goes away by waiting. */
  readonly heals: (error: unknown) => boolean;
}
