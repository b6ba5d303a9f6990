import { test } from "uvu";
import * as assert from "uvu/assert";
import * as pg from "pg";
import { createTestDatabase, stopOwnServer } from "./postgres.ts";
import { PostgresServer } from "./postgres-server.ts";

test.after(stopOwnServer);

test("a test database is fresh and answers", async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT current_database() AS name",
  );
  await client.end();
  await database.drop();
  assert.equal(rows, [{ name: database.name }]);
});

test("a server of its own survives a crash", async () => {
  const server = await PostgresServer.start();
  await server.query("CREATE TABLE kept (id int)");
  await server.restart("immediate");
  assert.equal(await server.query("SELECT * FROM kept"), []);
  await server.remove();
});

test.run();
