/** What create, add and remove do to the files around the layer, by the real commands. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { valueAt } from "../../src/project/json-text.ts";
import { captureOutput } from "../support/output.ts";
import { withFolder, writeTree } from "../support/trees.ts";

const layer = "infrastructure/database";

async function run(folder: string, ...words: string[]): Promise<string> {
  const { result, stdout, stderr } = await captureOutput(() =>
    main([...words, "--no-install", "--cwd", folder]),
  );
  assert.is(result, 0, stderr);
  return stdout;
}

function create(
  folder: string,
  database: string,
  ...words: string[]
): Promise<string> {
  const answers = `--yes --database ${database} --parts none --example none`;
  return run(folder, ...answers.split(" "), ...words);
}

const at = (folder: string, path: string): string =>
  readFileSync(join(folder, path), "utf8");

function stateOf(folder: string, id: string): unknown {
  const text = at(folder, `${layer}/.bento/record.json`);
  return valueAt(text, ["files", id, "state"]);
}

test("a README.md and tsconfig.json that were there before are never merged into", async () => {
  const own = {
    "README.md": "# Mine\n",
    "tsconfig.json": '{ "compilerOptions": { "strict": true } }\n',
  };
  await withFolder(async (folder) => {
    writeTree(folder, own);
    await create(folder, "sqlite", "--module", "esm");
    for (const path of Object.keys(own)) {
      assert.is(stateOf(folder, path), "detached");
    }
    await run(
      folder,
      "upgrade",
      "--database",
      "sqlite,postgres",
      "--module",
      "cjs",
    );
    await run(folder, "add", "migrations");
    for (const [path, text] of Object.entries(own)) {
      assert.is(at(folder, path), text);
    }
  });
});

test.run();
