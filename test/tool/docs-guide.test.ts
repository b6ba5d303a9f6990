/** The pages of docs/: each block of code is type-checked and run, on both databases, and each command is run. */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import * as prettier from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createEngineFromConfig,
  DatabaseConfig,
} from "../../templates/infrastructure/database/index.ts";
import * as layer from "../../templates/infrastructure/database/index.ts";
import { settings } from "../../templates/infrastructure/database/config/settings.ts";
import { defaults } from "../../templates/infrastructure/database/defaults.ts";
import { choices } from "../../src/answers/choices.ts";
import { type DocBlock, readBlocks } from "../support/doc-blocks.ts";
import { DocReader, newDocFolder } from "../support/doc-reader.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import {
  type RenderedProject,
  renderTestProject,
} from "../support/rendered-project.ts";
import { plainEnvironment } from "../support/tool.ts";

test.after(stopOwnServer);

interface Page {
  readonly name: string;
  readonly blocks: readonly DocBlock[];
}

const docs = join(import.meta.dirname, "../../docs");

/** Decisions show code that is not to be run; the page on upgrades is followed by tests of its own. */
const pages: readonly Page[] = readdirSync(docs, {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => name.endsWith(".md"))
  .filter((name) => !/^(?:decisions|upgrading)/.test(name))
  .sort()
  .map((name) => ({ name, blocks: readBlocks(read(name)) }));

function read(name: string): string {
  return readFileSync(join(docs, name), "utf8");
}

function blocksOf(language: string): DocBlock[] {
  return pages.flatMap(({ blocks }) =>
    blocks.filter((block) => block.language === language),
  );
}

/** The path in the first line of a block that is a file of the layer. */
function pathOf({ code }: DocBlock): string | undefined {
  return /^\/\/ (infrastructure\/\S+\.ts)\n/.exec(code)?.[1];
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function writeFileBlocks(folder: string, blocks: readonly DocBlock[]): void {
  for (const block of blocks) {
    const path = pathOf(block);
    if (path !== undefined) write(folder, path, block.code);
  }
}

/** Writes all that is to be run into src/, and returns the names. */
function writeRunBlocks(folder: string): string[] {
  return pages.flatMap(({ name, blocks }) =>
    blocks
      .filter((block) => block.language === "ts" && pathOf(block) === undefined)
      .map((block) => {
        const page = name.replaceAll(/[^a-z-]/g, "-");
        const path = `src/${page}-line-${block.line}.ts`;
        write(folder, path, block.code);
        return path;
      }),
  );
}

/** Runs words with node in a project; fails with what was printed. */
function runNode(
  { folder }: RenderedProject,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): string {
  const run = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: "utf8",
    env: { ...plainEnvironment(), ...env },
  });
  assert.is(run.status, 0, `${words.join(" ")}\n${run.stdout}${run.stderr}`);
  return run.stdout;
}

test("guide – every block of code type-checks, and runs on SQLite and on PostgreSQL", async () => {
  const project = await renderTestProject({ parts: choices.parts });
  const database = await createTestDatabase();
  try {
    writeFileBlocks(project.folder, blocksOf("ts"));
    const names = writeRunBlocks(project.folder);
    assert.ok(names.length > 20, `${names.length} blocks`);
    const compiler = join(docs, "../node_modules/typescript/bin/tsc");
    runNode(project, [compiler, "--noEmit"]);
    const script = names.map(
      (name) => `console.log("${name}");\nawait import("./${name}");\n`,
    );
    write(project.folder, "run.ts", script.join(""));
    for (const url of ["sqlite:///app.db", database.url]) {
      const env = { DB_URL: url };
      const cli = "infrastructure/database/migrations/cli.ts";
      runNode(project, ["--import", "tsx", cli, "migrate"], env);
      const output = runNode(project, ["--import", "tsx", "run.ts"], env);
      for (const name of names) assert.match(output, name);
    }
  } finally {
    await database.drop();
    project.remove();
  }
});

for (const { name, blocks } of pages) {
  const commands = blocks.filter(({ language }) => language === "sh");
  if (commands.length === 0) continue;
  test(`${name} – every command works`, async () => {
    const home = newDocFolder();
    try {
      const folder = join(home, "app");
      const reader = new DocReader(home);
      const create = "npm create bento-db@latest app";
      await reader.follow([{ language: "sh", code: create, line: 0 }], ".");
      writeFileBlocks(folder, blocks);
      await new DocReader(home, folder).follow(commands, ".");
    } finally {
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

test("guide – every .env is accepted", () => {
  const texts = blocksOf("dotenv");
  assert.ok(texts.length > 5);
  for (const { code } of texts) {
    const lines = code.trim().split("\n");
    const env = Object.fromEntries(
      lines.map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    const url = env.DB_URL ?? env.TEST_DB_URL ?? "";
    const config = new DatabaseConfig({ url }, { env, envFile: false });
    assert.is(config.url, url);
  }
});

test("guide – every YAML file can be read", async () => {
  const files = blocksOf("yaml");
  assert.ok(files.length > 1);
  for (const { code } of files) {
    assert.ok(await prettier.check(code, { parser: "yaml" }), code);
  }
});

test("guide – every SQL statement works on its database", async () => {
  const database = await createTestDatabase();
  const urls = { SQLite: "sqlite:///:memory:", PostgreSQL: database.url };
  try {
    for (const [product, url] of Object.entries(urls)) {
      const sql = blocksOf("sql").filter(({ code }) => code.includes(product));
      assert.ok(sql.length > 0);
      const config = new DatabaseConfig({ url }, { env: {}, envFile: false });
      const engine = createEngineFromConfig(config);
      await engine.sequelize.query("CREATE TABLE notes (id int, text text)");
      for (const { code } of sql) await engine.sequelize.query(code);
      await engine.dispose();
    }
  } finally {
    await database.drop();
  }
});

test("guide – its blocks are in languages that are checked", () => {
  const checked = ["ts", "sh", "dotenv", "yaml", "sql", "text"];
  for (const { name, blocks } of pages) {
    for (const { language, line, notRun } of blocks) {
      assert.ok(checked.includes(language), `${name}:${line} ${language}`);
      assert.is(notRun, undefined, `${name}:${line}`);
    }
  }
});

test("configuration – its table is that of the settings", () => {
  const rows = read("guide/configuration.md").match(/^\| `\w+` .*$/gm) ?? [];
  const shown = rows
    .map((row) => row.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .map(
      ([, property, variable, value]) => [property, variable, value] as const,
    )
    .filter(([, variable]) => (variable ?? "").startsWith("DB_"));
  assert.equal(
    shown.map(([property, variable]) => [property, variable]).sort(),
    Object.entries(settings)
      .map(([name, { env }]) => [name, env])
      .sort(),
  );
  const all: Record<string, unknown> = { ...defaults };
  for (const [property = "", , value] of shown) {
    const known = all[property];
    if (typeof known === "number") assert.is(value, String(known), property);
  }
});

test("coming from Bento – every name in the second column exists", () => {
  const rows = read("from-bento.md").match(/^\|.*\|.*\|$/gm) ?? [];
  const names = rows
    .map((row) => row.split("|")[2] ?? "")
    .flatMap((cell) => [...cell.matchAll(/`(?:new )?(\w+)[({.]/g)])
    .map((match) => match[1] ?? "")
    .filter((name) => !/^(?:config|session|sessionFactory|result)$/.test(name));
  assert.ok(names.length > 15);
  for (const name of names) assert.ok(name in layer, name);
});

test.run();
