import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type PostgresTarget,
  type SqliteTarget,
  targetFor,
} from "../../templates/infrastructure/database/config/connection-target.ts";
import { databaseTypeOf } from "../../templates/infrastructure/database/config/database-type.ts";
import { configure } from "./config-attempt.ts";

const memory = { file: ":memory:", mode: "memory" } as const;

function file(path: string): Partial<SqliteTarget> {
  return { file: resolve(path), mode: "rwc" };
}

function withPragma(name: string, value: string): Partial<SqliteTarget> {
  return { file: resolve("a.db"), pragmas: { [name]: value } };
}

const sqliteUrls: readonly (readonly [string, Partial<SqliteTarget>])[] = [
  ["sqlite:///app.db", file("app.db")],
  ["SQLITE:///app.db", file("app.db")],
  ["sqlite+aiosqlite:///app.db", file("app.db")],
  ["sqlite+pysqlite:///app.db", file("app.db")],
  ["sqlite:///./app.db", file("app.db")],
  ["sqlite:///../app.db", file("../app.db")],
  ["sqlite:///data/app.db", file("data/app.db")],
  ["sqlite:////var/data/app.db", file("/var/data/app.db")],
  ["sqlite+aiosqlite:////var/app.db", file("/var/app.db")],
  ["sqlite:///my%20app.db", file("my app.db")],
  ["sqlite:///my app.db", file("my app.db")],
  ["sqlite:///100%25.db", file("100%.db")],
  ["sqlite:///a%23b%3Fc.db", file("a#b?c.db")],
  ["sqlite:///r%C3%A9sum%C3%A9.db", file("résumé.db")],
  ["sqlite:///数据.db", file("数据.db")],
  ["sqlite:///postgres.db", file("postgres.db")],
  ["sqlite:///postgresql/mysql.db", file("postgresql/mysql.db")],
  ["sqlite:///me@home/app.db", file("me@home/app.db")],
  ["sqlite:///a:b@c.db", file("a:b@c.db")],
  ["sqlite:app.db", file("app.db")],
  ["sqlite:./data/app.db", file("data/app.db")],
  ["sqlite:/var/app.db", file("/var/app.db")],
  ["sqlite://", memory],
  ["sqlite:///:memory:", memory],
  ["sqlite+aiosqlite:///:memory:", memory],
  ["sqlite+aiosqlite://", memory],
  ["sqlite::memory:", memory],
  ["sqlite://:memory:", memory],
  ["sqlite:///%3Amemory%3A", memory],
  ["sqlite:///app.db?mode=memory", memory],
  ["file::memory:", memory],
  ["file::memory:?cache=shared", memory],
  ["file:test?mode=memory&cache=shared", memory],
  ["file:app.db", file("app.db")],
  ["file:./dev.db", file("dev.db")],
  ["file:/var/app.db", file("/var/app.db")],
  ["file:///var/app.db", file("/var/app.db")],
  ["file://localhost/var/app.db", file("/var/app.db")],
  ["file:app.db?mode=ro", { file: resolve("app.db"), mode: "ro" }],
  ["sqlite:///app.db?mode=rw", { file: resolve("app.db"), mode: "rw" }],
  ["sqlite:///app.db?mode=rwc", file("app.db")],
  ["sqlite:///app.db?", file("app.db")],
  ["sqlite:///a.db?journal_mode=WAL", withPragma("journal_mode", "WAL")],
  ["sqlite:///a.db?journal_mode=delete", withPragma("journal_mode", "DELETE")],
  ["sqlite:///a.db?synchronous=full", withPragma("synchronous", "FULL")],
  ["sqlite:///a.db?busy_timeout=5000", withPragma("busy_timeout", "5000")],
  ["sqlite:///a.db?foreign_keys=off", withPragma("foreign_keys", "OFF")],
  ["sqlite:///a.db?foreign_keys=1", withPragma("foreign_keys", "ON")],
  ["sqlite:///a.db?cache_size=-2000", withPragma("cache_size", "-2000")],
  ["sqlite:///a.db?temp_store=memory", withPragma("temp_store", "MEMORY")],
  ["sqlite:///a.db?mmap_size=1048576", withPragma("mmap_size", "1048576")],
  [
    "sqlite:///a.db?wal_autocheckpoint=0",
    withPragma("wal_autocheckpoint", "0"),
  ],
  [
    "sqlite:///a.db?journal_size_limit=-1",
    withPragma("journal_size_limit", "-1"),
  ],
  [
    "sqlite:///a.db?journal_mode=MEMORY&&synchronous=OFF&",
    { pragmas: { journal_mode: "MEMORY", synchronous: "OFF" } },
  ],
];

type Server = Partial<Omit<PostgresTarget, "ssl">>;

const plain: Server = {
  host: "h",
  port: 5432,
  database: "db",
  user: "me",
  password: "pw",
};

const postgresUrls: readonly (readonly [string, Server])[] = [
  ["postgresql://me:pw@h/db", plain],
  ["postgres://me:pw@h/db", plain],
  ["POSTGRESQL://me:pw@h/db", plain],
  ["postgresql+asyncpg://me:pw@h/db", plain],
  ["postgresql+psycopg2://me:pw@h/db", plain],
  ["postgres+asyncpg://me:pw@h:5432/db", plain],
  ["postgresql://me:pw@h:6432/db", { ...plain, port: 6432 }],
  ["postgresql://me:pw@h:1/db", { port: 1 }],
  ["postgresql://me:pw@h:65535/db", { port: 65_535 }],
  ["postgresql://me@h/db", { ...plain, password: undefined }],
  ["postgresql://me:@h/db", { ...plain, password: "" }],
  ["postgresql://h/db", { host: "h", user: undefined, password: undefined }],
  ["postgresql:///db", { host: "localhost", port: 5432, database: "db" }],
  ["postgresql://me:p%40w%2F%23%3F%25@h/db", { password: "p@w/#?%" }],
  ["postgresql://me:p@w@h/db", { password: "p@w", host: "h" }],
  ["postgresql://me:p:w@h/db", { password: "p:w", host: "h" }],
  ["postgresql://me:p w+&=;@h/db", { password: "p w+&=;" }],
  ["postgresql://me:%F0%9F%94%91é@h/db", { password: "🔑é" }],
  ["postgresql://m%20e%3A:pw@h/db", { user: "m e:" }],
  ["postgresql://me:pw@h/my%20db", { database: "my db" }],
  ["postgresql://me:pw@h/a%2Fb", { database: "a/b" }],
  ["postgresql://me:pw@h/数据", { database: "数据" }],
  ["postgresql://me:pw@h/sqlite", { database: "sqlite" }],
  ["postgresql://me:pw@mysql.example.com/db", { host: "mysql.example.com" }],
  ["postgresql://me:pw@127.0.0.1/db", { host: "127.0.0.1" }],
  ["postgresql://me:pw@[::1]/db", { host: "::1", port: 5432 }],
  ["postgresql://me:pw@[::1]:5433/db", { host: "::1", port: 5433 }],
  ["postgresql://[2001:db8::1]:5433/db", { host: "2001:db8::1", port: 5433 }],
  ["postgresql://[fe80::1%25eth0]/db", { host: "fe80::1%eth0" }],
  ["postgresql://my_db-1.internal/db", { host: "my_db-1.internal" }],
  ["postgresql://bücher.example/db", { host: "bücher.example" }],
  ["postgresql:///db?host=/var/run", { host: "/var/run", port: 5432 }],
  [
    "postgresql://me:pw@/db?host=/tmp&port=5433",
    { host: "/tmp", port: 5433, user: "me", password: "pw" },
  ],
  ["postgresql://me:pw@%2Fvar%2Frun/db", { host: "/var/run", user: "me" }],
  ["postgresql://%2Ftmp:5433/db", { host: "/tmp", port: 5433 }],
  ["postgresql:///db?host=other", { host: "other" }],
  ["postgresql://me:pw@h/db?", plain],
  [
    "postgresql://h/db?options=-c%20search_path%3Dapp",
    { parameters: { options: "-c search_path=app" } },
  ],
  [
    "postgresql://h/db?lock_timeout=500&idle_in_transaction_session_timeout=0",
    {
      parameters: {
        lock_timeout: 500,
        idle_in_transaction_session_timeout: 0,
      },
    },
  ],
];

test("SQLite URLs", () => {
  for (const [url, expected] of sqliteUrls) {
    const config = configure({ overrides: { url } });
    assert.is(config.databaseType, "sqlite", url);
    assert.ok(config.isSqlite && !config.isPostgres && !config.isMysql);
    assert.is(config.safeUrl, url);
    const target = targetFor(config.connection, "sqlite");
    for (const [key, value] of Object.entries(expected)) {
      assert.equal(target[key as keyof SqliteTarget], value, `${url}: ${key}`);
    }
    if (expected.pragmas === undefined) assert.equal(target.pragmas, {}, url);
  }
});

test("PostgreSQL URLs", () => {
  for (const [url, expected] of postgresUrls) {
    const config = configure({ overrides: { url } });
    assert.is(config.databaseType, "postgresql", url);
    assert.ok(config.isPostgres && !config.isSqlite && !config.isMysql);
    assert.is(config.url, url);
    const target = targetFor(config.connection, "postgresql");
    for (const [key, value] of Object.entries(expected)) {
      assert.equal(target[key as keyof Server], value, `${url}: ${key}`);
    }
    assert.is(target.ssl, false);
    if (expected.parameters === undefined) assert.equal(target.parameters, {});
  }
});

test("the list is long enough to mean something", () => {
  assert.ok(sqliteUrls.length + postgresUrls.length >= 60);
});

test("a PRAGMA's value can be spliced into SQL", () => {
  for (const [url] of sqliteUrls) {
    const { connection } = configure({ overrides: { url } });
    for (const [name, value] of Object.entries(
      targetFor(connection, "sqlite").pragmas,
    )) {
      assert.match(`${name}=${value}`, /^[a-z_]+=-?[A-Z0-9]+$/);
    }
  }
});

test("parameters that are settings take effect and win over them", () => {
  const env = { DB_APPLICATION_NAME: "elsewhere", DB_CONNECT_TIMEOUT: "20" };
  const url = "postgresql://h/db?application_name=my%20app&connect_timeout=2.5";
  const config = configure({ overrides: { url }, env });
  assert.is(config.applicationName, "my app");
  assert.is(config.connectTimeout, 2.5);
  const without = configure({ overrides: { url: "postgresql://h/db" }, env });
  assert.is(without.applicationName, "elsewhere");
  assert.is(without.connectTimeout, 20);
});

test("the scheme alone tells the database", () => {
  const types = {
    "sqlite:///postgres.db": "sqlite",
    "file:mysql.db": "sqlite",
    "postgresql+asyncpg://sqlite/mysql": "postgresql",
    "Postgres://x": "postgresql",
    "mysql://x": "mysql",
    "mysql+pymysql://x": "mysql",
    "mariadb://postgres/x": "mysql",
    "mssql://x": "unknown",
    "constructor://x": "unknown",
    "postgres.db": "unknown",
    "": "unknown",
  };
  for (const [url, type] of Object.entries(types)) {
    assert.is(databaseTypeOf(url), type, url);
  }
});

test("a target is for one database", () => {
  const { connection } = configure({ overrides: { url: "sqlite://" } });
  assert.throws(
    () => targetFor(connection, "postgresql"),
    "Expected a configuration for postgresql, got one for sqlite.",
  );
});

test.run();
