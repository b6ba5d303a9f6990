import type { DatabaseConnection } from "../engines/database-engine.ts";
import type { PoolOptions } from "./pool-options.ts";

/** A pooled connection and what the pool knows about it; times are on the clock of `performance.now()`. */
export interface Slot {
  readonly connection: DatabaseConnection;
  readonly openedAt: number;
  /** When the server last answered on it. */
  usedAt: number;
  /** Connections of an older generation than the pool's are suspect and never lent again. */
  generation: number;
  state: "idle" | "lent" | "closed";
  /** True while it goes from the server straight to its first borrower. */
  fresh: boolean;
  /** False once the connection, or a check of it, said that it is no good. */
  sound: boolean;
  /** Ends the watch for a connection that is not returned. */
  onReturn?: () => void;
}

/** Whether a connection may be lent: at once, after a check, or never again. */
export function conditionOf(
  slot: Slot,
  options: PoolOptions,
): "good" | "unchecked" | "bad" {
  if (slot.state !== "lent" || !slot.sound || !slot.connection.usable)
    return "bad";
  if (slot.fresh) return "good";
  const now = performance.now();
  if (now - slot.openedAt >= options.recycleMs) return "bad";
  const unused = now - slot.usedAt;
  return options.prePing && unused >= options.prePingIdleMs
    ? "unchecked"
    : "good";
}
