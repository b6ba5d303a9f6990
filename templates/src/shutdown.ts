import type { Server } from "node:http";
import {
  type Engine,
  shutdownOnSignals,
} from "../infrastructure/database/index.ts";

/** Seconds for all of it; orchestrators kill after 30 by default. */
const timeout = 25;

/**
 * Seconds to serve on after readiness went off, until load balancers have noticed. None are needed on a developer's
 * machine; behind Kubernetes set SHUTDOWN_DELAY to about the period of the readiness probe.
 */
const preStopDelay = Number(process.env["SHUTDOWN_DELAY"] ?? "0");

/**
 * Ends the process in order on SIGTERM and SIGINT; a second signal ends it at once. `afterClose` runs between the last
 * answer and the end of the database.
 */
export function stopOnSignals(
  server: Server,
  engine: Engine,
  afterClose?: () => unknown,
): void {
  shutdownOnSignals(server, engine, {
    timeout,
    preStopDelay,
    ...(afterClose ? { afterClose } : {}),
    onStep: (step) => {
      console.log(`Shutdown: ${step}`);
    },
  });
}
