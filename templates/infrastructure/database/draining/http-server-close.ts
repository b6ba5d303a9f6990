import type { Server, ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

/** Every answer from now on tells its client not to use the connection again. */
export function announceEnd(server: Server): void {
  server.prependListener("request", (_request, response: ServerResponse) => {
    response.setHeader("Connection", "close");
  });
}

/**
 * Stops accepting and waits for the connections to end: true when all have within `timeout` seconds, else the rest is cut
 * off. An idle connection has `grace` seconds to send a request that is already on its way, which is answered.
 */
export async function closeServer(
  server: Server,
  grace: number,
  timeout: number,
): Promise<boolean> {
  if (!server.listening) return true;
  // Clients whose connection the kernel has accepted already are let in first.
  await turn();
  const ended = new Promise<true>((resolve) => {
    server.once("close", () => {
      resolve(true);
    });
  });
  stopListening(server);
  const timers: NodeJS.Timeout[] = [];
  const late = new Promise<false>((resolve) => {
    timers.push(setTimeout(resolve, Math.max(0, timeout * 1000), false));
  });
  timers.push(
    setTimeout(() => {
      const closeIdle = (): void => {
        server.closeIdleConnections();
      };
      closeIdle();
      timers.push(setInterval(closeIdle, 100));
    }, grace * 1000),
  );
  const inTime = await Promise.race([ended, late]);
  for (const timer of timers) clearTimeout(timer);
  if (!inTime) server.closeAllConnections();
  return inTime;
}

/** The HTTP server's own `close` also closes idle connections at once, in the face of a request on its way. */
function stopListening(server: Server): void {
  const { close } = NetServer.prototype as {
    close: (this: NetServer) => unknown;
  };
  close.call(server);
}
