import { strict as assert } from "node:assert";
import { resolve } from "node:path";
import { test } from "uvu";
import { type SqliteTarget, targetFor } from "../config/connection-target.ts";
import { DatabaseConfig } from "../config/database-config.ts";

function parse(url: string): SqliteTarget {
  const config = new DatabaseConfig({ url }, { env: {}, envFile: false });
  return targetFor(config.connection, "sqlite");
}

test("three slashes mean a relative path, four an absolute one", () => {
  assert.equal(parse("sqlite:///data/app.db").file, resolve("data/app.db"));
  assert.equal(parse("sqlite:////data/app.db").file, resolve("/data/app.db"));
});

test(":memory: is a database in memory", () => {
  assert.equal(parse("sqlite:///:memory:").file, ":memory:");
  assert.equal(parse("sqlite://").file, ":memory:");
});

test("parameters set PRAGMAs, unknown ones are refused", () => {
  const { pragmas } = parse("sqlite:///app.db?journal_mode=delete");
  assert.deepEqual({ ...pragmas }, { journal_mode: "DELETE" });
  assert.throws(
    () => parse("sqlite:///app.db?jurnal_mode=wal"),
    /journal_mode/,
  );
});

test.run();
