import { checkHealth, type Engine } from "../infrastructure/database/index.ts";

/** Seconds a readiness check may take; a database that needs longer counts as down. */
const timeout = 2;

export interface Readiness {
  readonly statusCode: 200 | 503;
  readonly body: { readonly status: string; readonly error?: string };
}

/** The process runs and answers: a load balancer needs no more, and a database that is down is no reason to restart it. */
export const liveness = { status: "ok" } as const;

/** Whether requests should come here: 503 while the server shuts down or the database does not answer. */
export async function readiness(engine: Engine): Promise<Readiness> {
  if (!engine.ready) return unavailable("shutting down");
  const health = await checkHealth(engine, { timeout });
  return health.healthy
    ? { statusCode: 200, body: { status: "ok" } }
    : unavailable(health.error);
}

function unavailable(error = "the database does not answer"): Readiness {
  return { statusCode: 503, body: { status: "unavailable", error } };
}
