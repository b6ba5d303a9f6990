import type { Server } from "node:http";
import type { Engine } from "../infrastructure/database/index.ts";

/** Milliseconds that requests in flight may take at the end; orchestrators kill after 30 s by default. */
const timeoutMs = 25_000;

/**
 * Ends the process in order on SIGTERM and SIGINT; a second signal ends it at once. `afterClose` runs between the last
 * answer and the end of the database.
 */
export function stopOnSignals(
  server: Server,
  engine: Engine,
  afterClose?: () => unknown,
): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log(`${signal}: finishing what runs`);
    void stop(server, engine, afterClose);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function stop(
  server: Server,
  engine: Engine,
  afterClose?: () => unknown,
): Promise<void> {
  setTimeout(() => process.exit(1), timeoutMs).unref();
  await closeServer(server);
  await afterClose?.();
  await engine.dispose();
  console.log("Stopped");
  process.exit(0);
}

/** Accepts no more connections and resolves when the last request is answered. */
function closeServer(server: Server): Promise<void> {
  // A client that keeps its connection learns with its next answer to open a new one elsewhere.
  server.prependListener("request", (_request, response) => {
    response.setHeader("Connection", "close");
  });
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
