import type { Duplex } from "node:stream";
import type * as pg from "pg";
import type {
  ConnectionNotice,
  DatabaseConnection,
} from "./database-engine.ts";
import { cancelStatement, type CancelTarget } from "./postgres-cancel.ts";
import { onServerError, partsOf, watchStatements } from "./postgres-client.ts";
import { isFatal, isReadOnly } from "./postgres-errors.ts";

/** How long closing in order, cancelling, or the end of a statement may take. */
const patienceMs = 1000;

/** Where a cancel request goes. */
export type ServerAddress = Pick<CancelTarget, "host" | "port" | "ssl">;

/** One connection to PostgreSQL. */
export class PostgresConnection implements DatabaseConnection {
  readonly native: pg.Client;
  readonly #server: ServerAddress;
  #dead = false;
  #listener: ((notice: ConnectionNotice) => void) | undefined;

  constructor(client: pg.Client, server: ServerAddress) {
    this.native = client;
    this.#server = server;
    onServerError(client, (message) => {
      if (isFatal(message)) this.#lost();
      else if (isReadOnly(message)) this.#listener?.("demoted");
    });
    watchStatements(client, () => {
      void this.#abandon();
    });
    const lost = (): void => {
      this.#lost();
    };
    client.on("error", lost);
    client.on("end", lost);
  }

  get usable(): boolean {
    return (
      !this.#dead &&
      !partsOf(this.native)._ending &&
      this.native.getTransactionStatus() === "I"
    );
  }

  async query<Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const result =
      values.length === 0
        ? await this.native.query<Row>(sql)
        : await this.native.query<Row>(sql, [...values]);
    return result.rows;
  }

  async ping(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => {
      this.#dead = true;
      this.#stream.destroy(
        new Error(`The server did not answer within ${timeoutMs} ms.`),
      );
    }, timeoutMs);
    try {
      await this.native.query("SELECT 1");
    } finally {
      clearTimeout(timer);
    }
  }

  settled(): Promise<void> | undefined {
    if (!this.#busy || this.#dead) return undefined;
    return new Promise((resolve) => {
      const { connection } = partsOf(this.native);
      const done = (): void => {
        clearTimeout(timer);
        connection.off("readyForQuery", done);
        connection.off("end", done);
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      connection.on("readyForQuery", done);
      connection.on("end", done);
    });
  }

  park(): void {
    partsOf(this.native).unref();
  }

  resume(): void {
    partsOf(this.native).ref();
  }

  watch(listener: (notice: ConnectionNotice) => void): void {
    this.#listener = listener;
  }

  async cancel(): Promise<void> {
    const { processID, secretKey } = partsOf(this.native);
    if (this.#dead || !this.#busy || processID === null || secretKey === null)
      return;
    const { host, port, ssl } = this.#server;
    await cancelStatement(
      { host, port, ssl, processID, secretKey },
      patienceMs,
    );
  }

  async close(): Promise<void> {
    // A connection at rest does not keep the process alive, but who waits for its end does.
    if (!this.#dead) this.resume();
    if (this.#busy) await this.#abandon();
    else if (!this.#dead) await this.#end();
    this.#dead = true;
    this.#stream.destroy();
  }

  get #stream(): Duplex {
    return partsOf(this.native).connection.stream;
  }

  /** Whether a statement is under way. */
  get #busy(): boolean {
    return partsOf(this.native).readyForQuery !== true;
  }

  /** `end()` never settles on a half-open socket. */
  async #end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([this.native.end().catch(() => undefined), patience]);
    clearTimeout(timer);
  }

  /** Lets what queues behind the statement fail at once, then stops it on the server: no next one can slip in between. */
  async #abandon(): Promise<void> {
    const cancelling = this.cancel();
    this.#dead = true;
    this.#stream.destroy();
    await cancelling;
  }

  #lost(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#listener?.("lost");
  }
}
