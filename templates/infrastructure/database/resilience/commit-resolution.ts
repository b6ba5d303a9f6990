/** What became of a transaction whose COMMIT was not answered. */
export type CommitFate = "committed" | "rolled back" | "unknown";

/** Runs one statement inside the transaction in question. */
export type TicketQuery = (sql: string) => Promise<readonly object[]>;

/** How a database tells what became of a transaction after its connection is gone; a capability of an engine. */
export interface CommitResolution {
  /** Notes, as the last statement before COMMIT, how to find the transaction again; undefined when it has written nothing. */
  ticket(query: TicketQuery): Promise<CommitTicket | undefined>;
  /** Asks on a connection of its own until there is an answer, for at most `timeout` seconds; never rejects. */
  resolve(ticket: CommitTicket, timeout: number): Promise<CommitFate>;
}

/** What finds a transaction again; only the engine that wrote it reads it. */
export type CommitTicket = Readonly<Record<string, string | null>>;
