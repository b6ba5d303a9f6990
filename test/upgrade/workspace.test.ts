/** Upgrades of a layer in a package of a workspace. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { withProject } from "../support/fixtures.ts";
import { captureOutput } from "../support/output.ts";
import { readFiles, type Tree } from "../support/trees.ts";
import { answersOf, edit, editionOf, upgradeTo } from "../support/upgrades.ts";

const words =
  "--yes --no-install --database sqlite --parts none --example none".split(" ");
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const workspaces: Readonly<Record<string, Tree>> = {
  pnpm: {
    "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
    "package.json": json({ name: "root", private: true }),
  },
  npm: {
    "package.json": json({ name: "root", workspaces: ["packages/*"] }),
  },
};

const name = "packages/api";
const inside = "infrastructure/database/logger.ts";
const a = `${name}/${inside}`;
const first = (word: string) => (text: string) =>
  text.replace(/^.*\n/, `// ${word}\n`);
const next = editionOf("9.0.0", { [inside]: first("new") });

/** Lends a workspace with a layer in its package: the folders of both. */
async function withLayer(
  root: Tree,
  work: (folder: string, here: string) => Promise<void>,
): Promise<void> {
  const tree = {
    ...root,
    [`${name}/package.json`]: json({ name: "api", type: "module" }),
  };
  await withProject(tree, async (folder) => {
    const here = join(folder, name);
    const run = await captureOutput(() => main([...words, "--cwd", here]));
    assert.is(run.result, 0, run.stderr);
    await work(folder, here);
  });
}

for (const [manager, root] of Object.entries(workspaces)) {
  test(`${manager} workspace – created is up to date; an upgrade merges in the package and writes nothing outside it`, async () => {
    await withLayer(root, async (folder, here) => {
      const created = readFiles(folder);
      const check = await captureOutput(() =>
        main(["upgrade", "--check", "--cwd", here]),
      );
      assert.is(check.result, 0, check.stdout);
      edit(folder, a, (text) => `${text}\nexport const mine = 1;\n`);
      const merged = await upgradeTo(here, next);
      assert.is(merged.open, false);
      assert.is(merged.file(inside).action, "merge");
      assert.is(
        readFileSync(join(folder, a), "utf8"),
        `${first("new")(created[a] ?? "")}\nexport const mine = 1;\n`,
      );
      assert.equal(outsideLayer(readFiles(folder)), outsideLayer(created));
      assert.equal((await upgradeTo(here, next)).changes, []);
    });
  });

  test(`${manager} workspace – a database added later: its package goes to the package, permissions stay at the root`, async () => {
    await withLayer(root, async (folder, here) => {
      const created = readFiles(folder);
      const added = await captureOutput(() =>
        main(["add", "postgres", "--no-install", "--cwd", here]),
      );
      assert.is(added.result, 0, added.stdout + added.stderr);
      const now = readFiles(folder);
      const manifest = `${name}/package.json`;
      assert.match(now[manifest] ?? "", /"pg": /);
      assert.not.match(now[manifest] ?? "", /allowScripts/);
      assert.not(now[`${name}/pnpm-workspace.yaml`]);
      for (const path of ["package.json", "pnpm-workspace.yaml"]) {
        assert.is(now[path], created[path], path);
      }
      const { databases } = answersOf({ databases: ["sqlite", "postgres"] });
      const record = now[`${name}/infrastructure/database/.bento/record.json`];
      const { answers } = JSON.parse(record ?? "") as {
        answers: { databases: readonly string[] };
      };
      assert.equal([...answers.databases].sort(), [...databases].sort());
    });
  });
}

function outsideLayer(files: Tree): Tree {
  return Object.fromEntries(
    Object.entries(files).filter(
      ([path]) => !path.startsWith(`${name}/infrastructure/`),
    ),
  );
}

test.run();
