import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** What happens to one statement on its way to the server. */
export type StatementFate =
  | "pass"
  /** The server executes it, the answer is lost and the connection breaks. */
  | "lose answer"
  /** The connection breaks on both sides before the server hears of it. */
  | "lose statement"
  /** Only the client's side breaks: the server's session stays open and waits. */
  | "strand";

/** A proxy in front of PostgreSQL that understands simple queries and loses the ones a test chooses. */
export class StatementProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  #refusing = false;
  /** Decides on each simple query; everything passes by default. */
  judge: (sql: string) => StatementFate = () => "pass";

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => {
      this.#relay(client);
    });
  }

  static async start(target: string): Promise<StatementProxy> {
    const proxy = new StatementProxy(target);
    await new Promise<void>((resolve) =>
      proxy.#server.listen(0, "127.0.0.1", resolve),
    );
    return proxy;
  }

  /** The target's URL by way of the proxy. */
  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return url.href;
  }

  /** Breaks off every new connection from now on. */
  refuse(): void {
    this.#refusing = true;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #relay(client: Socket): void {
    if (this.#refusing) {
      client.destroy();
      return;
    }
    const server = connect(Number(this.#target.port), this.#target.hostname);
    let muted = false;
    const cut = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      // Held back, small packets take 40 ms each.
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    }
    let stranded = false;
    client.on("close", () => {
      if (!stranded && !muted) server.destroy();
    });
    server.on("close", () => client.destroy());
    server.on("data", (data) => {
      // The answer is there, so the server has executed the statement.
      if (muted) cut();
      else if (!stranded) client.write(data);
    });
    forEachMessage(client, (message, type) => {
      if (stranded || muted) return;
      const sql = type === "Q" ? textOf(message) : undefined;
      const fate = sql === undefined ? "pass" : this.judge(sql);
      if (fate === "lose statement") cut();
      else if (fate === "strand") {
        stranded = true;
        client.destroy();
      } else {
        muted = fate === "lose answer";
        server.write(message);
      }
    });
  }
}

function textOf(message: Buffer): string {
  return message.subarray(5, message.length - 1).toString();
}

/** The first message of a connection, the startup packet, has no type. */
function forEachMessage(
  socket: Socket,
  handle: (message: Buffer, type: string) => void,
): void {
  let rest = Buffer.alloc(0);
  let started = false;
  socket.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = started ? String.fromCharCode(message[0] ?? 0) : "";
      started = true;
      handle(message, type);
    }
  });
}
