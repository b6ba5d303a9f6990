/** One message of PostgreSQL's protocol; `type` is its letter, or empty for those without (startup, TLS, cancel). */
export interface PostgresMessage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Cuts a stream of bytes into messages; what is encrypted passes as it comes. */
export class MessageSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #started: boolean;

  /** A client's first message has no letter. */
  constructor(side: "client" | "server") {
    this.#started = side === "server";
  }

  split(chunk: Buffer): PostgresMessage[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: PostgresMessage[] = [];
    for (;;) {
      const header = this.#started ? 1 : 0;
      if (this.#rest.length < header + 4) return messages;
      const length = header + this.#rest.readUInt32BE(header);
      if (this.#rest.length < length) return messages;
      messages.push({
        type: this.#started ? this.#rest.toString("latin1", 0, 1) : "",
        bytes: this.#rest.subarray(0, length),
      });
      this.#rest = this.#rest.subarray(length);
      this.#started = true;
    }
  }
}
