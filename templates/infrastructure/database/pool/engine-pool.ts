import type { PoolFigures } from "../errors.ts";

/** The figures of a pool, and whether it still takes work. */
export interface PoolStatus extends PoolFigures {
  readonly closed: boolean;
}

/** The pool as the application, monitoring and draining see it. */
export interface EnginePool {
  /** Connections kept open. */
  size(): number;
  /** Connections in use. */
  checkedOut(): number;
  /** Connections open and idle. */
  checkedIn(): number;
  /** Connections open beyond `size()`. */
  overflow(): number;
  /** Callers that wait for a connection. */
  waiting(): number;
  status(): PoolStatus;
  /** Refuses new checkouts with PoolClosedError and closes what is idle; who already waits is served or refused. */
  close(options: { readonly waiters: "serve" | "refuse" }): void;
  /** Resolves when nothing is checked out and nobody waits; rejects when the signal aborts. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Asks the server to stop every running statement; resolves to how many were asked. */
  cancelAll(): Promise<number>;
  /** Closes every connection at once, busy or not; resolves to how many were closed. */
  destroyAll(): Promise<number>;
  /** Checks a connection against the server within `timeoutMs`; rejects with the reason. */
  probe(timeoutMs: number): Promise<void>;
}
