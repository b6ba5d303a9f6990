/** Upgrades in a project with a Prettier of its own, whose style is not that of the templates. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openLayer } from "../../src/project/open-layer.ts";
import { thisEdition } from "../../src/upgrade/edition.ts";
import { readLayerState } from "../../src/upgrade/layer-state.ts";
import { runProgram, withProject } from "../support/fixtures.ts";
import { readFiles, type Tree } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
const style: Tree = {
  ".prettierrc": '{ "singleQuote": true, "semi": false, "tabWidth": 4 }\n',
  ".prettierignore": "package-lock.json\n.bento/base.txt\n",
};
const answers = answersOf();
const code = editionOf("1.1.0")
  .render(answers)
  .filter(({ path, owner }) => owner === "tool" && path.endsWith(".ts"))
  .filter(({ path }) => path.startsWith(`${layer}/`));

/** Every other file said something else in its first documentation comment. */
const changed = code.filter(
  ({ text }, index) => index % 2 === 0 && /\/\*\* [A-Z]/.test(text),
);
const before = editionOf(
  "1.0.0",
  Object.fromEntries(
    changed.map(({ id }) => [
      id,
      (text: string) => text.replace(/\/\*\* (?=[A-Z])/, "/** Once: "),
    ]),
  ),
);
const prettier = (folder: string, ...args: string[]): string | undefined =>
  runProgram(folder, "prettier/bin/prettier.cjs", ...args);

/** A project of the first version, which its formatter has gone over. */
async function withFormatted(
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await withProject(style, async (folder) => {
    writeProject(folder, before, answers);
    edit(folder, "package.json", (text) =>
      text.replace(
        '"devDependencies": {',
        '"devDependencies": {"prettier":"*",',
      ),
    );
    assert.is(prettier(folder, "--write", "."), undefined);
    await work(folder);
  });
}

test("a formatter run over the layer is no edit", async () => {
  await withFormatted(async (folder) => {
    const { templates } = await thisEdition();
    const { files } = await readLayerState(openLayer(folder), templates);
    const edited = files.filter(({ standing }) => standing !== "unchanged");
    assert.equal(
      edited.map(({ path, standing }) => `${path} ${standing}`),
      [],
    );
  });
});

test("unedited files are replaced in the project's style, edited ones merge, all else keeps its bytes", async () => {
  await withFormatted(async (folder) => {
    const edited = changed.filter((_, index) => index % 4 === 0);
    assert.ok(edited.length > 5, "files edited on both sides");
    for (const { path } of edited) {
      edit(folder, path, (text) => `${text}\nexport const mine = 'mine'\n`);
    }
    const was = readFiles(folder);
    const plan = await upgradeTo(folder, editionOf("1.1.0"));
    assert.is(plan.open, false);
    assert.equal(plan.types.news, []);
    const now = readFiles(folder);
    for (const { path } of changed) {
      const own = edited.some((file) => file.path === path);
      assert.is(plan.file(path).action, own ? "merge" : "replace", path);
      assert.is(now[path], was[path]?.replace("/** Once: ", "/** "), path);
    }
    const written = Object.keys(now).filter(
      (path) => now[path] !== was[path] && !path.includes("/.bento/"),
    );
    assert.equal(written.sort(), changed.map(({ path }) => path).sort());
    assert.is(prettier(folder, "--check", "."), undefined);
    assert.equal((await upgradeTo(folder, editionOf("1.1.0"))).changes, []);
  });
});

test("a line that is edited and formatted by hand stays as its user wrote it", async () => {
  await withFormatted(async (folder) => {
    const [file] = changed;
    const path = file?.path ?? "";
    const own = "export const   mine = [1,2,\n 3];";
    edit(folder, path, (text) => `${text}\n${own}\n`);
    await upgradeTo(folder, editionOf("1.1.0"));
    const text = readFileSync(join(folder, path), "utf8");
    assert.ok(text.endsWith(`\n${own}\n`));
    assert.not.match(text, /Once: /);
  });
});

test.run();
