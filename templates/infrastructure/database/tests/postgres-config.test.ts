import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import { test } from "uvu";
import { targetFor } from "../config/connection-target.ts";
import { DatabaseConfig } from "../config/database-config.ts";

function configure(url: string): DatabaseConfig {
  return new DatabaseConfig({ url }, { env: {}, envFile: false });
}

test("the parts of a PostgreSQL URL are decoded", () => {
  const { connection } = configure("postgres://me:p%40ss@[::1]:6543/my%20app");
  const target = targetFor(connection, "postgresql");
  assert.equal(target.host, "::1");
  assert.equal(target.port, 6543);
  assert.equal(target.database, "my app");
  assert.equal(target.user, "me");
  assert.equal(target.password, "p@ss");
  assert.equal(target.ssl, false);
});

test("the password stays out of logs and messages", () => {
  const config = configure("postgresql://me:secret@localhost/app");
  const shown = [
    config.safeUrl,
    String(config),
    JSON.stringify(config),
    inspect(config),
    inspect(config.connection),
  ];
  for (const text of shown) assert.doesNotMatch(text, /secret/);
  assert.throws(
    () => configure("postgresql://me:secret@localhost:port/app"),
    (error) => !String(error).includes("secret"),
  );
});

test("sslmode=verify-full verifies, sslmode=prefer is refused", () => {
  const url = "postgresql://localhost/app?sslmode=";
  const { ssl } = targetFor(
    configure(`${url}verify-full`).connection,
    "postgresql",
  );
  assert.equal(ssl !== false && ssl.rejectUnauthorized, true);
  assert.throws(() => configure(`${url}prefer`), /choose require/);
});

test.run();
