import { setImmediate } from "node:timers/promises";

/** Lets a signal in and stops when it has come: work without pauses holds the event loop. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
