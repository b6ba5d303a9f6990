/** Who deletes the record keeps a project that works and knows nothing of the tool. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { importedModules } from "../../src/render/import-statements.ts";
import { runScript, startExample } from "../support/example-server.ts";
import { DocReader, newDocFolder } from "../support/doc-reader.ts";
import { runTool } from "../support/tool.ts";
import { readFiles, readTree } from "../support/trees.ts";

async function withLeft(work: (folder: string) => Promise<void>) {
  const home = newDocFolder();
  try {
    const create = "npm create bento-db@latest app";
    const block = { language: "sh", code: create, line: 0 };
    await new DocReader(home).follow([block], ".");
    const folder = join(home, "app");
    const record = join(folder, "infrastructure/database/.bento");
    assert.ok(existsSync(record));
    rmSync(record, { recursive: true });
    await work(folder);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

test("leaving – nothing reads the record, and no import, script or package is the tool's", () =>
  withLeft((folder) => {
    rmSync(join(folder, "node_modules"));
    const files = readFiles(folder);
    const reading = Object.keys(files).filter((path) =>
      files[path]?.includes(".bento"),
    );
    // Its last section says how to leave.
    assert.equal(reading, ["infrastructure/database/README.md"]);
    assert.not.match(files["package.json"] ?? "", /bento/i);
    assert.not.match(files["tsconfig.json"] ?? "", /bento/i);
    const imported = Object.entries(files)
      .filter(([path]) => path.endsWith(".ts"))
      .flatMap(([, text]) => importedModules(text));
    assert.ok(imported.includes("sequelize"));
    assert.equal(
      imported.filter((module) => module.includes("bento")),
      [],
    );
    return Promise.resolve();
  }));

test("leaving – migrations, the application and new migrations go on", () =>
  withLeft(async (folder) => {
    const cli = "infrastructure/database/migrations/cli.ts";
    const migrated = await runScript(folder, [cli, "migrate"]);
    assert.is(migrated.code, 0, migrated.output);
    const made = await runScript(folder, [cli, "new", "add-author"]);
    assert.is(made.code, 0, made.output);
    const server = await startExample(folder);
    const { statusCode } = await server.post("/notes", '{"text":"mine now"}');
    assert.is(await server.stop(), 0, server.output());
    assert.is(statusCode, 201);
  }));

test("leaving – the tool finds no layer any more, and touches nothing", () =>
  withLeft(async (folder) => {
    rmSync(join(folder, "node_modules"));
    const before = readTree(folder);
    for (const command of ["status", "upgrade", "undo", "add draining"]) {
      const run = await runTool(command.split(" "), { cwd: folder });
      assert.is.not(run.code, 0, command);
      assert.not.match(run.stderr, /\n\s+at /, command);
    }
    assert.equal(readTree(folder), before);
  }));

test.run();
