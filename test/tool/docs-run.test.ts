import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DatabaseConfig } from "../../templates/infrastructure/database/index.ts";
import { type DocBlock, readBlocks } from "../support/doc-blocks.ts";
import { DocReader, newDocFolder } from "../support/doc-reader.ts";
import { runTool } from "../support/tool.ts";

const root = join(import.meta.dirname, "../..");

function blocksOf(path: string): DocBlock[] {
  return readBlocks(readFileSync(path, "utf8"));
}

test("README – every command and every line of code works in this order", async () => {
  const folder = newDocFolder();
  const reader = new DocReader(folder);
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
  const home = newDocFolder();
  const folder = join(home, "app");
  try {
    await runTool(["app", "--yes", "--no-install"], { cwd: home });
    const project = blocksOf(join(folder, "README.md"));
    const layer = blocksOf(join(folder, "infrastructure/database/README.md"));
    const reader = new DocReader(home, folder);
    await reader.follow(project, "src");
    await reader.leave();
    await reader.follow(layer, "src");
    await new DocReader(home, folder).follow(
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
  await new DocReader(folder).follow(
    [{ language: "ts", code: lines.join("\n"), line: 0 }],
    "src",
  );
}

test.run();
