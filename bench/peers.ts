import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Sequelize } from "sequelize";
import {
  createEngineFromConfig,
  DatabaseConfig,
  retryTransaction,
} from "../templates/infrastructure/database/index.ts";

/** Connections that every peer may open. */
export const connections = 10;

/** One way to run a statement in a transaction of its own, as the library's documentation says. */
export interface Peer {
  readonly name: string;
  transact(sql: string): Promise<unknown>;
  close(): Promise<unknown>;
}

/** The layer, with its retry. */
export function layerPeer(url: string): Peer {
  const engine = createEngineFromConfig(
    new DatabaseConfig(
      { url, poolSize: connections, maxOverflow: 0 },
      { env: {} },
    ),
    { logger: { ...console, info: ignore, warn: ignore } },
  );
  return {
    name: "layer",
    transact: (sql) =>
      retryTransaction(
        engine,
        (transaction) => engine.sequelize.query(sql, { transaction }),
        { exactlyOnce: true },
      ),
    close: () => engine.dispose(),
  };
}

export function sequelizePeer(url: string): Peer {
  const sequelize = new Sequelize(url, {
    logging: false,
    pool: { max: connections },
  });
  return {
    name: "Sequelize",
    transact: (sql) =>
      sequelize.transaction((transaction) =>
        sequelize.query(sql, { transaction }),
      ),
    close: () => sequelize.close(),
  };
}

type Load = (name: string) => unknown;

interface Knex {
  transaction(
    work: (transaction: { raw(sql: string): Promise<unknown> }) => unknown,
  ): Promise<unknown>;
  destroy(): Promise<unknown>;
}

function knexPeer(url: string, load: Load): Peer {
  const knex = load("knex") as (options: object) => Knex;
  const pool = { max: connections };
  const instance = knex({ client: "pg", connection: url, pool });
  return {
    name: "knex",
    transact: (sql) =>
      instance.transaction((transaction) => transaction.raw(sql)),
    close: () => instance.destroy(),
  };
}

interface DataSource {
  initialize(): Promise<unknown>;
  transaction(
    work: (manager: { query(sql: string): Promise<unknown> }) => unknown,
  ): Promise<unknown>;
  destroy(): Promise<unknown>;
}

async function typeOrmPeer(url: string, load: Load): Promise<Peer> {
  const { DataSource } = load("typeorm") as {
    DataSource: new (options: object) => DataSource;
  };
  const source = new DataSource({
    type: "postgres",
    url,
    poolSize: connections,
  });
  await source.initialize();
  return {
    name: "TypeORM",
    transact: (sql) => source.transaction((manager) => manager.query(sql)),
    close: () => source.destroy(),
  };
}

interface Drizzle {
  transaction(
    work: (transaction: { execute(sql: unknown): Promise<unknown> }) => unknown,
  ): Promise<unknown>;
}

function drizzlePeer(url: string, load: Load): Peer {
  const { Pool } = load("pg") as {
    Pool: new (options: object) => { end(): Promise<unknown> };
  };
  const { drizzle } = load("drizzle-orm/node-postgres") as {
    drizzle: (pool: object) => Drizzle;
  };
  const { sql } = load("drizzle-orm") as {
    sql: { raw(text: string): unknown };
  };
  const pool = new Pool({ connectionString: url, max: connections });
  const database = drizzle(pool);
  return {
    name: "Drizzle",
    transact: (text) =>
      database.transaction((transaction) => transaction.execute(sql.raw(text))),
    close: () => pool.end(),
  };
}

/** What makes each peer; those that npm cannot install here are missing. */
export function peerMakers(): ((url: string) => Peer | Promise<Peer>)[] {
  const load = installPeers();
  if (load === undefined) return [layerPeer, sequelizePeer];
  return [
    layerPeer,
    sequelizePeer,
    (url) => knexPeer(url, load),
    (url) => typeOrmPeer(url, load),
    (url) => drizzlePeer(url, load),
  ];
}

/** Installs the other libraries into the cache once; undefined where there is no network. */
function installPeers(): Load | undefined {
  const folder = join(process.cwd(), ".test-cache/peers");
  const packages = ["knex", "typeorm", "drizzle-orm", "pg"];
  if (
    packages.some((name) => !existsSync(join(folder, "node_modules", name)))
  ) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const install = spawnSync(
      "npm",
      ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages],
      { cwd: folder, stdio: "ignore", shell: process.platform === "win32" },
    );
    if (install.status !== 0) return undefined;
  }
  return createRequire(join(folder, "package.json"));
}

/** Some libraries tell the console of every error. */
export function muteConsole(): void {
  Object.assign(console, { log: ignore, warn: ignore, error: ignore });
}

function ignore(): void {
  // A bench prints its figures alone.
}
