import { randomBytes } from "node:crypto";
import * as pg from "pg";
import { PostgresServer } from "./postgres-server.ts";

/** Where the run's shared server is; `test/run.ts` sets it, a file that runs alone starts its own server. */
export const sharedServerVariable = "BENTO_TEST_POSTGRES_URL";

let own: Promise<PostgresServer> | undefined;

async function serverUrl(): Promise<string> {
  const shared = process.env[sharedServerVariable];
  if (shared !== undefined) return shared;
  own ??= PostgresServer.start();
  return (await own).url();
}

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

/** A fresh, empty PostgreSQL database on the shared server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = new URL(await serverUrl());
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administrate(url.href, `CREATE DATABASE ${name}`);
  const database = new URL(url);
  database.pathname = `/${name}`;
  return {
    url: database.href,
    name,
    drop: () =>
      administrate(url.href, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administrate(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Ends the server that a file run alone has started; without one it does nothing. */
export async function stopOwnServer(): Promise<void> {
  await (await own)?.remove();
  own = undefined;
}
