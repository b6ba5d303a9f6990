import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "../engine.ts";
import { drainConnections } from "./connection-drainer.ts";
import { announceEnd, closeServer } from "./http-server-close.ts";
import { type SignalOptions, stopOnSignal } from "./shutdown-signals.ts";
import { within } from "./time-limit.ts";

/** A step of a shutdown, in this order. */
export type ShutdownStep =
  "not ready" | "stop accepting" | "drain" | "dispose" | "done";

/** Options of `shutdownHttpServer`; durations in seconds. */
export interface HttpShutdownOptions {
  /** For everything together; 25 by default, because Kubernetes kills after 30. */
  readonly timeout?: number;
  /** How long to serve on after readiness went off, until load balancers have noticed; 0 by default. */
  readonly preStopDelay?: number;
  /** How long an idle keep-alive connection may still send one last request; 1 by default. */
  readonly keepAliveGrace?: number;
  /** Runs when the last request is answered, before the database is drained: close queues, a framework, telemetry. */
  readonly afterClose?: () => unknown;
  /** Told of every step, for the log. */
  readonly onStep?: (step: ShutdownStep) => void;
}

/** What a shutdown took. */
export interface HttpShutdownResult {
  /** Whether every request was answered and every connection came back in time. */
  readonly success: boolean;
  /** Seconds. */
  readonly timeTaken: number;
}

/**
 * Ends an HTTP server (node:http, Express, or Fastify's `app.server`) and then its engine, in the order in which nothing is
 * lost: readiness off, wait for the load balancer, stop accepting, answer what was accepted, drain, dispose. Never rejects,
 * and never takes longer than `timeout` and the time to close connections.
 */
export async function shutdownHttpServer(
  server: Server,
  engine: Engine,
  options: HttpShutdownOptions = {},
): Promise<HttpShutdownResult> {
  const { timeout = 25, preStopDelay = 0, keepAliveGrace = 1 } = options;
  const startedMs = performance.now();
  const elapsed = (): number => (performance.now() - startedMs) / 1000;
  // A part of the time is the database's, so that slow requests do not leave it none.
  const httpLeft = (): number => timeout * 0.8 - elapsed();
  options.onStep?.("not ready");
  engine.markNotReady();
  announceEnd(server);
  await delay(Math.max(0, Math.min(preStopDelay, httpLeft())) * 1000);
  options.onStep?.("stop accepting");
  const answered = await closeServer(server, keepAliveGrace, httpLeft());
  const closed = await within(
    timeout - elapsed(),
    "afterClose",
    engine.logger,
    () => options.afterClose?.(),
  );
  options.onStep?.("drain");
  const drained = await drainConnections(engine, {
    timeout: Math.max(0, timeout - elapsed()),
  });
  if (drained.reason !== undefined) engine.logger.warn(drained.reason);
  options.onStep?.("dispose");
  await engine.dispose();
  options.onStep?.("done");
  return {
    success: answered && closed && drained.success,
    timeTaken: elapsed(),
  };
}

/** `shutdownHttpServer` at the first SIGTERM or SIGINT, then exit 0 or 1; a second signal exits at once. */
export function shutdownOnSignals(
  server: Server,
  engine: Engine,
  options: HttpShutdownOptions & SignalOptions = {},
): Disposable {
  return stopOnSignal(async () => {
    const { success } = await shutdownHttpServer(server, engine, options);
    return success ? 0 : 1;
  }, options);
}
