import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DatabaseConfig } from "../../templates/infrastructure/database/index.ts";
import { type DocBlock, readBlocks } from "../support/doc-blocks.ts";
import { type ExampleServer, startExample } from "../support/example-server.ts";
import { plainEnvironment, runTool } from "../support/tool.ts";

const root = join(import.meta.dirname, "../..");

/** Runs a document's code blocks one after the other, in one project, as a reader would. */
class Reader {
  readonly #home: string;
  /** Where the reader's shell is. */
  #folder: string;
  #server: ExampleServer | undefined;
  #scripts = 0;

  constructor(home: string, folder = home) {
    this.#home = home;
    this.#folder = folder;
  }

  async follow(blocks: readonly DocBlock[], codeFolder: string): Promise<void> {
    for (const block of blocks) {
      if (block.notRun !== undefined) continue;
      if (block.language === "sh") await this.#type(block.code);
      if (block.language === "ts") await this.#runCode(block.code, codeFolder);
    }
  }

  async leave(): Promise<void> {
    await this.#server?.stop();
  }

  async #type(code: string): Promise<void> {
    for (const line of code.trim().split("\n")) {
      const [command = "", ...words] = line.split(" ");
      if (command === "cd") this.#folder = join(this.#folder, words.join(" "));
      else if (/^(npm create|npx create-bento-db)/.test(line))
        await this.#runTool(words.slice(command === "npm" ? 2 : 1));
      else if (/^npm (run )?start$/.test(line))
        this.#server = await startExample(this.#folder);
      else if (line === "npm install") this.#linkPackages();
      else await this.#runShell(line);
    }
  }

  async #runTool(words: readonly string[]): Promise<void> {
    const creates = words.length === 1 && !words.includes("doctor");
    const flags = creates ? ["--yes", "--no-install"] : [];
    const run = await runTool([...words, ...flags], { cwd: this.#folder });
    assert.is(run.code, 0, `${words.join(" ")}\n${run.stdout}${run.stderr}`);
    if (creates) {
      this.#folder = join(this.#folder, words[0] ?? "");
      this.#linkPackages();
      this.#folder = this.#home;
    }
  }

  /** Instead of an installation: the repository has all that a project needs. */
  #linkPackages(): void {
    symlinkSync(
      join(root, "node_modules"),
      join(this.#folder, "node_modules"),
      "junction",
    );
  }

  async #runShell(line: string): Promise<void> {
    const url = this.#server?.url ?? "";
    const command = line
      .replace(/^curl /, "curl --fail --silent --show-error ")
      .replaceAll("localhost:3000", url);
    const child = spawn("sh", ["-c", command], {
      cwd: this.#folder,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await once(child, "close")) as [number | null];
    assert.is(code, 0, `${line}\n${(await output).join("")}`);
  }

  async #runCode(code: string, codeFolder: string): Promise<void> {
    const name = join(codeFolder, `block-${String((this.#scripts += 1))}.ts`);
    writeFileSync(join(this.#folder, name), code);
    await this.#runShell(`node --import tsx ${name}`);
  }
}

/** A folder in which a document is followed; the repository's packages are above it. */
function newFolder(): string {
  mkdirSync(join(root, ".test-cache"), { recursive: true });
  return mkdtempSync(join(root, ".test-cache/docs-"));
}

function blocksOf(path: string): DocBlock[] {
  return readBlocks(readFileSync(path, "utf8"));
}

test("README – every command and every line of code works in this order", async () => {
  const folder = newFolder();
  const reader = new Reader(folder);
  try {
    const blocks = blocksOf(join(root, "README.md"));
    const skipped = blocks.flatMap(({ notRun = [] }) => notRun);
    assert.ok(skipped.length <= 2, skipped.join("\n"));
    await reader.follow(blocks, ".");
  } finally {
    await reader.leave();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("emitted READMEs – every command and every line of code works, and type-checks", async () => {
  const home = newFolder();
  const folder = join(home, "app");
  try {
    await runTool(["app", "--yes", "--no-install"], { cwd: home });
    const project = blocksOf(join(folder, "README.md"));
    const layer = blocksOf(join(folder, "infrastructure/database/README.md"));
    const reader = new Reader(home, folder);
    await reader.follow(project, "src");
    await reader.leave();
    await reader.follow(layer, "src");
    await new Reader(home, folder).follow(
      [{ language: "sh", code: "npm run typecheck", line: 0 }],
      "src",
    );
    checkSettings(layer);
    await checkSql(folder, layer);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Every dotenv block is a configuration that is accepted. */
function checkSettings(blocks: readonly DocBlock[]): void {
  const texts = blocks.filter(({ language }) => language === "dotenv");
  assert.ok(texts.length > 0);
  for (const { code } of texts) {
    const env = Object.fromEntries(
      code
        .trim()
        .split("\n")
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    assert.ok(new DatabaseConfig({}, { env, envFile: false }).isPostgres);
  }
}

/** The SQL for SQLite is understood by it. */
async function checkSql(
  folder: string,
  blocks: readonly DocBlock[],
): Promise<void> {
  const sql = blocks
    .filter(
      ({ language, code }) => language === "sql" && code.includes("SQLite"),
    )
    .map(({ code }) => code);
  assert.is(sql.length, 1);
  const lines = [
    'import { createEngineFromConfig, getDatabaseConfig } from "../infrastructure/database/index.ts";',
    "const engine = createEngineFromConfig(getDatabaseConfig());",
    ...sql.map(
      (code) => `await engine.sequelize.query(${JSON.stringify(code)});`,
    ),
    "await engine.dispose();",
  ];
  await new Reader(folder).follow(
    [{ language: "ts", code: lines.join("\n"), line: 0 }],
    "src",
  );
}

test.run();
