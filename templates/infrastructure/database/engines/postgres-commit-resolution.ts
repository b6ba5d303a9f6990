import { setTimeout as delay } from "node:timers/promises";
import { isDatabaseErrorRetryable } from "../resilience/classifier.ts";
import type {
  CommitFate,
  CommitResolution,
  CommitTicket,
  TicketQuery,
} from "../resilience/commit-resolution.ts";
import type { DatabaseConnection } from "./database-engine.ts";

/**
 * The transaction's id finds it again (PostgreSQL documentation, 9.27.9), the server process lets us end it. The two WAL
 * positions show whether the server recovered from a crash in between without our records: it then gives the same
 * id to another transaction, whose fate must not be taken for ours.
 */
const ticketSql = `SELECT pg_current_xact_id_if_assigned()::text AS xid,
  pg_backend_pid()::text AS pid,
  CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_insert_lsn()::text END AS written,
  pg_last_wal_replay_lsn()::text AS recovered`;

const fateSql = `SELECT CASE
  WHEN pg_is_in_recovery() THEN 'standby'
  WHEN pg_last_wal_replay_lsn() < $2::pg_lsn
    AND pg_last_wal_replay_lsn() IS DISTINCT FROM $3::pg_lsn THEN 'aborted'
  ELSE pg_xact_status($1::xid8) END AS status`;

/** Only our own process: its number may belong to somebody else by now, its transaction's id does not. */
const endSql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid = $1::int AND backend_xid = ($2::xid8)::xid`;

/** No single question may take longer, so that a server that hangs is asked again after a failover. */
const questionMs = 5000;

/** Asks PostgreSQL (13 and later) what became of a COMMIT whose answer was lost. */
export class PostgresCommitResolution implements CommitResolution {
  readonly #open: () => Promise<DatabaseConnection>;

  constructor(open: () => Promise<DatabaseConnection>) {
    this.#open = open;
  }

  async ticket(query: TicketQuery): Promise<CommitTicket | undefined> {
    const [row] = (await query(ticketSql)) as readonly CommitTicket[];
    return typeof row?.["xid"] === "string" ? { ...row } : undefined;
  }

  async resolve(ticket: CommitTicket, timeout: number): Promise<CommitFate> {
    const deadlineMs = performance.now() + timeout * 1000;
    for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 250)) {
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return "unknown";
      const fate = await this.#ask(ticket, Math.min(leftMs, questionMs));
      if (fate !== undefined) return fate;
      await delay(pauseMs);
    }
  }

  /** Undefined when it is worth asking again. */
  async #ask(
    ticket: CommitTicket,
    timeoutMs: number,
  ): Promise<CommitFate | undefined> {
    try {
      return await withConnection(this.#open, timeoutMs, (connection) =>
        askOnce(connection, ticket),
      );
    } catch (error) {
      return error instanceof NoAnswerError || isDatabaseErrorRetryable(error)
        ? undefined
        : "unknown";
    }
  }
}

async function askOnce(
  connection: DatabaseConnection,
  ticket: CommitTicket,
): Promise<CommitFate | undefined> {
  const { xid, pid, written, recovered } = ticket;
  const [row] = await connection.query<{ status: string | null }>(fateSql, [
    xid,
    written,
    recovered,
  ]);
  if (row?.status === "committed") return "committed";
  if (row?.status === "aborted") return "rolled back";
  if (row?.status === "standby") return undefined;
  // NULL: too long ago for the server to know.
  if (row?.status !== "in progress") return "unknown";
  await connection.query(endSql, [pid, xid]);
  return undefined;
}

class NoAnswerError extends Error {}

async function withConnection<T>(
  open: () => Promise<DatabaseConnection>,
  timeoutMs: number,
  work: (connection: DatabaseConnection) => Promise<T>,
): Promise<T> {
  let expire: (error: Error) => void = () => undefined;
  const expiry = new Promise<never>((_, reject) => (expire = reject));
  const timer = setTimeout(() => {
    expire(new NoAnswerError("The server did not answer in time."));
  }, timeoutMs);
  const opening = open();
  try {
    return await Promise.race([opening.then(work), expiry]);
  } finally {
    clearTimeout(timer);
    void opening
      .then((connection) => connection.close())
      .catch(() => undefined);
  }
}
