import type { Engine } from "../engine.ts";
import { reasonOf } from "../errors.ts";
import type { PoolStatus } from "../pool/engine-pool.ts";

/** Options of a health check. */
export interface HealthOptions {
  /** Seconds until an answer counts as none; 5 by default. */
  readonly timeout?: number;
}

/** What a health check found. */
export interface HealthReport {
  readonly healthy: boolean;
  /** Seconds the check took. */
  readonly latency: number;
  /** Why the database is not healthy. */
  readonly error?: string;
  readonly pool: PoolStatus;
}

/** Whether the database answers; false within the timeout whatever the server does, also when it is silent. */
export async function healthCheck(
  engine: Engine,
  options?: HealthOptions,
): Promise<boolean> {
  return (await checkHealth(engine, options)).healthy;
}

/** A health check with its details; it never throws for a database that is down. */
export async function checkHealth(
  engine: Engine,
  options: HealthOptions = {},
): Promise<HealthReport> {
  const { timeout = 5 } = options;
  if (!(timeout > 0)) {
    throw new RangeError(
      `timeout: expected seconds above 0, got ${String(timeout)}.`,
    );
  }
  const started = performance.now();
  const failure = await probe(engine, timeout);
  const latency = (performance.now() - started) / 1000;
  const pool = engine.pool.status();
  return failure === undefined
    ? { healthy: true, latency, pool }
    : { healthy: false, latency, error: failure, pool };
}

/** The pool bounds its own probe, a little earlier, as it knows the reason; the race is for whatever does not keep to it. */
async function probe(
  engine: Engine,
  timeout: number,
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`no answer within ${String(timeout)} s`);
    }, timeout * 1000);
  });
  const answer = engine.pool
    .probe(timeout * 950)
    .then(() => undefined, reasonOf);
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
