import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import * as pg from "pg";
import { DatabaseLayerError } from "../errors.ts";
import type { ServerMessage } from "./postgres-errors.ts";

/** The parts of pg's client that its type declarations leave out; all of them exist since pg 8.21. */
interface ClientParts {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly readyForQuery?: boolean;
  readonly _ending: boolean;
  readonly _ended: boolean;
  readonly connection: EventEmitter & { readonly stream: Duplex };
  query(...args: unknown[]): unknown;
  ref(): void;
  unref(): void;
}

/** What goes on inside a pg client. */
export function partsOf(client: pg.Client): ClientParts {
  return client as unknown as ClientParts;
}

/** pg for Sequelize, with a look at the clients that Sequelize makes. */
export interface WatchedDriver {
  /** What Sequelize takes for the pg module. */
  readonly module: object;
  /** The client made last, once. */
  takeLatest(): pg.Client | undefined;
}

/** Wraps pg so that a client can be reached, and ended, while Sequelize is still connecting it. */
export function watchedDriver(): WatchedDriver {
  let latest: pg.Client | undefined;
  const remember = (client: pg.Client): void => {
    latest = client;
    // An error may come before anybody else listens, and would end the process.
    client.on("error", () => undefined);
  };
  class WatchedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      remember(this);
    }
  }
  return {
    module: { Client: WatchedClient, types: pg.types },
    takeLatest: () => {
      const client = latest;
      latest = undefined;
      return client;
    },
  };
}

/** Calls back for every error that the server reports, whoever runs the statement. */
export function onServerError(
  client: pg.Client,
  listener: (message: ServerMessage) => void,
): void {
  partsOf(client).connection.on("errorMessage", listener);
}

type Callback = (error: Error | null, result?: unknown) => void;

type FailureOf = (error: Error | null, result: unknown) => Error | null;

/**
 * Watches the statements of a client. `onReadTimeout` is called when `query_timeout` has ended the wait for an
 * answer, as the server may still be working. A COMMIT that PostgreSQL answers with ROLLBACK, because an error in
 * the transaction was swallowed, becomes an error: nothing has been stored.
 */
export function watchStatements(
  client: pg.Client,
  onReadTimeout: () => void,
): void {
  const parts = partsOf(client);
  const query = parts.query.bind(client);
  parts.query = (...args: unknown[]): unknown => {
    const last = args.length - 1;
    const callback = args[last];
    const commits = typeof args[0] === "string" && isCommit(args[0]);
    const failureOf: FailureOf = (error, result) => {
      if (isReadTimeout(error)) onReadTimeout();
      if (error !== null) return error;
      return commits && rolledBack(result) ? abortedError() : null;
    };
    if (typeof callback !== "function") {
      const answer = query(...args);
      return answer instanceof Promise ? promised(answer, failureOf) : answer;
    }
    args[last] = (error: Error | null, result: unknown): void => {
      (callback as Callback)(failureOf(error, result), result);
    };
    return query(...args);
  };
}

async function promised(
  answer: Promise<unknown>,
  failureOf: FailureOf,
): Promise<unknown> {
  const result = await answer.catch((error: unknown) => {
    failureOf(error as Error, undefined);
    throw error;
  });
  const failure = failureOf(null, result);
  if (failure !== null) throw failure;
  return result;
}

function isCommit(sql: string): boolean {
  return /^\s*(?:COMMIT|END)\b(?!\s+PREPARED)/i.test(sql);
}

function rolledBack(result: unknown): boolean {
  return (result as { command?: unknown } | undefined)?.command === "ROLLBACK";
}

function isReadTimeout(error: Error | null): boolean {
  return error?.message === "Query read timeout";
}

function abortedError(): DatabaseLayerError {
  return new DatabaseLayerError(
    "TRANSACTION_ABORTED",
    "The transaction was rolled back instead of committed: one of its statements had failed, and its error was caught. Let the error pass, or run the statement that may fail in a savepoint (a nested transaction).",
  );
}
