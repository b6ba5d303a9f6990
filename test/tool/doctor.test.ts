/** What doctor says of a PostgreSQL server: it answers, it has too few connections, or it is not there. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { withProject } from "../support/fixtures.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { freePort } from "../support/postgres-server.ts";
import { runTool } from "../support/tool.ts";

test.after(stopOwnServer);

const manifest = JSON.stringify({ name: "shop", type: "module" });

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

/** The checks by name, in a project that has just been created. */
async function ask(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, Check>> {
  const run = await runTool(["doctor", "--json"], { cwd: folder, env });
  const { checks } = JSON.parse(run.stdout) as { checks: readonly Check[] };
  return new Map(checks.map((check) => [check.name, check]));
}

test("doctor – PostgreSQL: version, and the pool against max_connections", async () => {
  await withProject({ "package.json": manifest }, async (folder) => {
    const words = "--yes --no-install --database postgres --example none";
    const created = await runTool(words.split(" "), { cwd: folder });
    assert.is(created.code, 0, created.stderr);
    const database = await createTestDatabase();
    const { url } = database;
    try {
      const roomy = await ask(folder, { DB_URL: url });
      assert.match(
        roomy.get("database")?.detail ?? "",
        /^PostgreSQL \d+\.\d+ .*answered within \d+ ms$/,
      );
      assert.match(
        roomy.get("pool")?.detail ?? "",
        /^one process takes up to 15 of 297 connections: room for 19 processes$/,
      );
      const env = { DB_POOL_SIZE: "100", DB_MAX_OVERFLOW: "100" };
      const tight = await ask(folder, { DB_URL: url, ...env });
      assert.is(tight.get("pool")?.status, "warning");
    } finally {
      await database.drop();
    }
    const nowhere = `postgresql://postgres:hidden@127.0.0.1:${await freePort()}/postgres`;
    const env = { DB_URL: nowhere, DB_POOL_TIMEOUT: "1" };
    const gone = await ask(folder, env);
    assert.is(gone.get("database")?.status, "failed");
    assert.not.match(JSON.stringify([...gone.values()]), /hidden/);
  });
});

test.run();
