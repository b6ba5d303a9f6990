import { once } from "node:events";
import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from "node:net";
import { MessageSplitter } from "./postgres-messages.ts";

/** Where a message comes from. */
export type Side = "client" | "server";

/**
 * What becomes of one PostgreSQL message: it passes, the connection is cut before it gets through, or it is dropped with
 * all that comes after it while both sockets stay open, as when a network goes silent.
 */
export type MessageFate = "pass" | "cut" | "silence";

/** Decides about every message that comes by; other bytes go in its place. */
export type MessageRule = (
  side: Side,
  type: string,
  message: Buffer,
) => MessageFate | Buffer;

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

/** A TCP proxy before a PostgreSQL server that can freeze, cut, delay, refuse, and drop single messages. */
export class FaultProxy {
  readonly #server: Server;
  readonly #links = new Set<Link>();
  readonly #silent = new Set<Socket>();
  #target: { host: string; port: number };
  #rule: MessageRule | undefined;
  #delayMs = 0;
  #frozen = false;
  #refusing = false;
  /** What is held back for each socket, in its order. */
  readonly #held = new Map<Socket, Buffer[]>();

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((client) => {
      this.#link(client);
    });
  }

  static async start(port: number, host = "127.0.0.1"): Promise<FaultProxy> {
    const proxy = new FaultProxy({ host, port });
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that pass through now. */
  get links(): number {
    return this.#links.size;
  }

  /** The same URL, through this proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = "127.0.0.1";
    changed.port = String(this.port);
    return changed.href;
  }

  /** New connections go to another server, as after a failover. */
  retarget(port: number, host = "127.0.0.1"): void {
    this.#target = { host, port };
  }

  /** Nothing gets through in either direction, and no socket closes: a black hole. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Lets everything through that was held. */
  thaw(): void {
    this.#frozen = false;
    for (const socket of [...this.#held.keys()]) this.#release(socket);
  }

  /** Forgets the connections of now for ever without closing them: half-open sockets; new ones work. */
  blackhole(): void {
    for (const link of this.#links) {
      this.#silence(link);
      link.server.destroy();
    }
  }

  /** Ends all connections, or the `most` oldest: in order (FIN) or abruptly (RST). */
  cut(how: "fin" | "rst" = "rst", most = Infinity): void {
    for (const { client, server } of [...this.#links].slice(0, most)) {
      if (how === "fin") client.end();
      else reset(client);
      server.destroy();
    }
  }

  /** Holds every piece of data for about so long. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Resets new connections until `accept`. */
  refuse(): void {
    this.#refusing = true;
  }

  accept(): void {
    this.#refusing = false;
  }

  /** Applies a rule to every message from now on. */
  onMessage(rule: MessageRule | undefined): void {
    this.#rule = rule;
  }

  /** Ends what silence has left on the server: it does not know yet that nobody listens. */
  endSilent(): void {
    for (const socket of this.#silent) socket.destroy();
    this.#silent.clear();
  }

  async close(): Promise<void> {
    this.thaw();
    this.cut("rst");
    this.endSilent();
    this.#server.close();
    await once(this.#server, "close");
  }

  #link(client: Socket): void {
    if (this.#refusing) {
      reset(client);
      return;
    }
    const server = connect(this.#target.port, this.#target.host);
    const link = { client, server };
    this.#links.add(link);
    this.#pipe(link, "client");
    this.#pipe(link, "server");
    for (const socket of [client, server]) {
      // Held back, small packets take 40 ms each.
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#links.delete(link);
        client.destroy();
        server.destroy();
      });
    }
  }

  #pipe(link: Link, side: Side): void {
    const from = link[side];
    const to = side === "client" ? link.server : link.client;
    const splitter = new MessageSplitter(side);
    from.on("data", (chunk) => {
      const data = this.#filtered(link, splitter, side, chunk);
      if (data.length > 0) this.#send(to, data);
    });
    from.on("end", () => {
      if (!this.#frozen) to.end();
    });
  }

  #filtered(
    link: Link,
    splitter: MessageSplitter,
    side: Side,
    chunk: Buffer,
  ): Buffer {
    const passed: Buffer[] = [];
    for (const { type, bytes } of splitter.split(chunk)) {
      const verdict = this.#rule?.(side, type, bytes) ?? "pass";
      if (Buffer.isBuffer(verdict)) passed.push(verdict);
      if (verdict === "pass") passed.push(bytes);
      if (verdict !== "cut" && verdict !== "silence") continue;
      if (verdict === "silence") this.#silence(link);
      else {
        reset(link.client);
        link.server.destroy();
      }
      break;
    }
    return Buffer.concat(passed);
  }

  #silence(link: Link): void {
    this.#links.delete(link);
    this.#silent.add(link.server);
    for (const socket of [link.client, link.server])
      socket
        .removeAllListeners("data")
        .removeAllListeners("close")
        .removeAllListeners("end")
        .resume();
  }

  /** Nothing overtakes what is held back for the same socket. */
  #send(to: Socket, data: Buffer): void {
    const held = this.#held.get(to);
    if (held !== undefined) held.push(data);
    else if (this.#frozen) this.#held.set(to, [data]);
    else if (this.#delayMs > 0) {
      this.#held.set(to, [data]);
      setTimeout(() => {
        if (!this.#frozen) this.#release(to);
      }, this.#delayMs);
    } else if (to.writable) to.write(data);
  }

  #release(to: Socket): void {
    const held = this.#held.get(to) ?? [];
    this.#held.delete(to);
    if (to.writable) to.write(Buffer.concat(held));
  }
}

/** Node.js can't reset a socket that is ending already: its handle would stay, and the process could not exit. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
