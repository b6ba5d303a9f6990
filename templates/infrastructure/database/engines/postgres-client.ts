import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import * as pg from "pg";
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
  class WatchedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      latest = this;
      // An error may come before anybody else listens, and would end the process.
      this.on("error", () => undefined);
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

/** Calls back when `query_timeout` has ended the wait for an answer: the server may still be working. */
export function onReadTimeout(client: pg.Client, listener: () => void): void {
  const parts = partsOf(client);
  const query = parts.query.bind(client);
  const check = (error: unknown): void => {
    if (error instanceof Error && error.message === "Query read timeout")
      listener();
  };
  parts.query = (...args: unknown[]): unknown => {
    const last = args.length - 1;
    const callback = args[last];
    if (typeof callback !== "function") return watched(query(...args), check);
    args[last] = (error: unknown, result: unknown): void => {
      if (error) check(error);
      (callback as (error: unknown, result: unknown) => void)(error, result);
    };
    return query(...args);
  };
}

function watched(result: unknown, check: (error: unknown) => void): unknown {
  if (result instanceof Promise) result.catch(check);
  return result;
}
