import { once } from "node:events";
import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from "node:net";

/** What happens to the next COMMIT: the server never hears of it, or its answer never arrives. */
export type CommitFault = "statement lost" | "answer lost";

/** A way to a PostgreSQL server that breaks when a test says so; it understands connections without TLS. */
export class BreakingProxy {
  /** Strikes at the next COMMIT, once. */
  next: CommitFault | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(host: string, port: number) {
    this.#server = createServer((client) => {
      this.#relay(client, connect(port, host));
    });
  }

  /** Starts before the server of the URL. */
  static async start(url: string): Promise<BreakingProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new BreakingProxy(hostname, Number(port || "5432"));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** The URL by way of the proxy. */
  through(url: string): string {
    const changed = new URL(url);
    const { port } = this.#server.address() as AddressInfo;
    changed.host = `127.0.0.1:${port}`;
    return changed.href;
  }

  /** Breaks every connection. */
  breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.breakAll();
    this.#server.close();
    await once(this.#server, "close");
  }

  #relay(client: Socket, server: Socket): void {
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    let answerLost = false;
    client.on("data", (data) => {
      const fault = data.includes("COMMIT") ? this.next : undefined;
      if (fault !== undefined) this.next = undefined;
      if (fault === "statement lost") end();
      else server.write(data);
      answerLost = fault === "answer lost";
    });
    server.on("data", (data) => {
      if (answerLost) end();
      else client.write(data);
    });
  }
}
