import { strict as assert } from "node:assert";
import { test } from "uvu";
import { ConfigurationError } from "../config/configuration-error.ts";
import { DatabaseConfig } from "../config/database-config.ts";
import type { DatabaseConfigInput } from "../config/settings.ts";

const urls = {
  // {{#if sqlite}}
  sqlite: "sqlite:///app.db",
  // {{/if}}
  // {{#if postgres}}
  postgresql: "postgresql://app@localhost:5432/app",
  // {{/if}}
};

// Only what a test passes counts: neither this machine's environment nor a .env file.
function configure(
  env: Record<string, string>,
  overrides: DatabaseConfigInput = {},
): DatabaseConfig {
  return new DatabaseConfig(overrides, { env, envFile: false });
}

test("the URL tells the database", () => {
  for (const [databaseType, url] of Object.entries(urls)) {
    assert.equal(configure({ DB_URL: url }).databaseType, databaseType);
  }
});

test("overrides win over the environment", () => {
  for (const url of Object.values(urls)) {
    const env = { DB_URL: url, DB_POOL_SIZE: "7", DB_MAX_OVERFLOW: "3" };
    const config = configure(env, { poolSize: 9 });
    assert.equal(config.poolSize, 9);
    assert.equal(config.maxOverflow, 3);
  }
});

test("everything that is wrong is told at once", () => {
  const env = {
    DB_URL: "nowhere://",
    DB_POOL_SIZE: "ten",
    DB_POOL_TIMEOUT: "30000",
  };
  assert.throws(
    () => configure(env),
    (error) => {
      assert.ok(error instanceof ConfigurationError);
      const names = error.problems.map(({ name }) => name);
      assert.deepEqual(names, ["DB_URL", "DB_POOL_SIZE", "DB_POOL_TIMEOUT"]);
      return true;
    },
  );
});

test.run();
