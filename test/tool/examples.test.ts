import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Answers } from "../../src/answers.ts";
import { choices } from "../../src/answers/choices.ts";
import {
  type ExampleServer,
  runScript,
  startExample,
} from "../support/example-server.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { renderTestProject } from "../support/rendered-project.ts";

test.after(stopOwnServer);

const parts = ["sessions", "resilience", "draining", "migrations"] as const;

const frameworks = choices.example.filter((name) => name !== "none");

/** Every framework, and every variant of every file, at least once. */
const cases: readonly (Partial<Answers> & { name: string })[] = [
  { name: "http, all parts", example: "http" },
  { name: "express, all parts", example: "express" },
  { name: "fastify, all parts", example: "fastify" },
  { name: "hono, all parts", example: "hono" },
  { name: "nest, all parts", example: "nest" },
  { name: "http, no parts", example: "http", parts: [] },
  { name: "express, sessions", example: "express", parts: ["sessions"] },
  {
    name: "fastify, resilience and migrations",
    example: "fastify",
    parts: ["resilience", "migrations"],
  },
  {
    name: "http, CommonJS, sessions and draining",
    example: "http",
    module: "cjs",
    importExtension: "",
    parts: ["sessions", "draining"],
  },
  {
    name: "express, CommonJS, migrations",
    example: "express",
    module: "cjs",
    importExtension: "",
    parts: ["migrations"],
  },
  { name: "hono, no parts", example: "hono", parts: [] },
  {
    name: "nest, CommonJS, sessions",
    example: "nest",
    module: "cjs",
    importExtension: "",
    parts: ["sessions"],
  },
];

for (const { name, ...answers } of cases) {
  test(`${name} – answers over HTTP and ends in order on SQLite`, async () => {
    const project = await renderTestProject(answers);
    try {
      await exercise(project.folder, answers, { DB_URL: "sqlite:///test.db" });
    } finally {
      project.remove();
    }
  });
}

for (const example of frameworks) {
  test(`${example}, all parts – answers the same on PostgreSQL`, async () => {
    const project = await renderTestProject({ example });
    const database = await createTestDatabase();
    try {
      await exercise(project.folder, {}, { DB_URL: database.url });
    } finally {
      await database.drop();
      project.remove();
    }
  });
}

for (const example of frameworks) {
  test(`${example}, all parts and observability – answers GET /metrics with the truth in Prometheus' format`, async () => {
    const project = await renderTestProject({
      example,
      parts: choices.parts,
    });
    try {
      await exercise(
        project.folder,
        {},
        { DB_URL: "sqlite:///test.db" },
        checkMetrics,
      );
    } finally {
      project.remove();
    }
  });
}

test("any example – a wrong PORT or setting ends it with one line that names it", async () => {
  const project = await renderTestProject();
  try {
    for (const [name, value] of [
      ["PORT", "eighty"],
      ["DB_POOL_SIZE", "many"],
    ] as const) {
      const { code, output } = await runScript(
        project.folder,
        ["src/server.ts"],
        { [name]: value },
      );
      assert.is(code, 1);
      assert.match(output, name);
      assert.match(output, value);
      assert.not.match(output, /^ +at /m);
    }
  } finally {
    project.remove();
  }
});

test("an example with migrations – says to migrate when the table is missing", async () => {
  const project = await renderTestProject();
  try {
    const server = await startExample(project.folder);
    const { statusCode, body } = await server.get("/notes");
    await server.stop();
    assert.is(statusCode, 503);
    assert.match(JSON.stringify(body), "db:migrate");
  } finally {
    project.remove();
  }
});

async function exercise(
  folder: string,
  answers: Partial<Answers>,
  env: NodeJS.ProcessEnv,
  checkMore = checkNoMetrics,
): Promise<void> {
  const chosen: readonly string[] = answers.parts ?? parts;
  if (chosen.includes("migrations")) await migrate(folder, env);
  const server = await startExample(folder, env);
  try {
    await checkHealth(server);
    await checkNotes(server);
    await checkRefusals(server);
    await checkMore(server);
  } finally {
    assert.is(await server.stop(), 0, server.output());
  }
}

async function migrate(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const cli = "infrastructure/database/migrations/cli.ts";
  const { code, output } = await runScript(folder, [cli, "migrate"], env);
  assert.is(code, 0, output);
}

async function checkHealth(server: ExampleServer): Promise<void> {
  const live = await server.get("/health/live");
  assert.equal(live, { statusCode: 200, body: { status: "ok" } });
  const ready = await server.get("/health/ready");
  assert.equal(ready, { statusCode: 200, body: { status: "ok" } });
}

async function checkNotes(server: ExampleServer): Promise<void> {
  const empty = await server.get("/notes");
  assert.equal(empty, { statusCode: 200, body: [] });
  const texts = ["Buy milk", "'); DROP TABLE notes; --", "çà ≠ 🥛"];
  for (const text of texts) {
    const made = await server.post("/notes", JSON.stringify({ text }));
    assert.is(made.statusCode, 201, server.output());
    assert.is((made.body as { text: string }).text, text);
  }
  const list = await server.get("/notes");
  assert.equal(
    (list.body as { text: string }[]).map(({ text }) => text),
    texts.toReversed(),
  );
  const one = await server.get("/notes/1");
  assert.is((one.body as { text: string }).text, texts[0]);
  assert.match((one.body as { createdAt: string }).createdAt, /^\d{4}-/);
}

/** After `checkNotes`, which inserts three of them. */
async function checkMetrics(server: ExampleServer): Promise<void> {
  const { statusCode, contentType, text } = await server.getText("/metrics");
  assert.is(statusCode, 200);
  assert.is(contentType, "text/plain; version=0.0.4; charset=utf-8");
  assert.match(text, /^database_ready\{.*\} 1$/m);
  assert.match(
    text,
    /^db_client_operation_duration_seconds_count\{.*"INSERT"\} 3$/m,
  );
  for (const line of text.trimEnd().split("\n"))
    assert.match(line, /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{.+\})? \S+)$/);
}

async function checkNoMetrics(server: ExampleServer): Promise<void> {
  assert.is((await server.get("/metrics")).statusCode, 404);
}

async function checkRefusals(server: ExampleServer): Promise<void> {
  const bodies = ["{", "[]", "{}", '{"text":7}', '{"text":" "}'];
  for (const body of bodies) {
    const { statusCode } = await server.post("/notes", body);
    assert.is(statusCode, 400, body);
  }
  const long = JSON.stringify({ text: "x".repeat(501) });
  assert.is((await server.post("/notes", long)).statusCode, 400);
  const huge = JSON.stringify({ text: "x".repeat(2_000_000) });
  assert.is((await server.post("/notes", huge)).statusCode, 413);
  const paths = ["/notes/99", "/notes/x", "/notes/99999999999", "/nowhere"];
  for (const path of paths) {
    const { statusCode, body } = await server.get(path);
    assert.is(statusCode, 404, path);
    assert.type((body as { error: unknown }).error, "string");
  }
}

test.run();
