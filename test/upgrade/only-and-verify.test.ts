/** What the command line adds to a merge: a selection of files, the tests afterwards, the notes, and undo. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runTool, type ToolRun } from "../support/tool.ts";
import { readTree, withFolder } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  writeProject,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
const a = `${layer}/logger.ts`;
const b = `${layer}/config/mask.ts`;
/** The comment that each file begins with. */
const first = (word: string) => (text: string) =>
  text.replace(/^.*\n/, `// ${word}\n`);
const old = editionOf("0.0.1", { [a]: first("old"), [b]: first("old") });

interface Project {
  readonly folder: string;
  readonly at: (path: string) => string;
  readonly run: (...args: readonly string[]) => Promise<ToolRun>;
}

/** A project of an older version, in which two files are behind. */
async function withOld(work: (project: Project) => Promise<void>) {
  await withFolder(async (folder) => {
    writeProject(folder, old, answersOf());
    await work({
      folder,
      at: (path) => readFileSync(join(folder, path), "utf8"),
      run: (...args) => runTool(args, { cwd: folder }),
    });
  });
}

test("--only – changes what matches, and offers the rest again", async () => {
  await withOld(async ({ at, run }) => {
    const part = await run("upgrade", "--only", "config/**");
    assert.is(part.code, 0, part.stderr);
    assert.match(at(a), /^\/\/ old/);
    assert.not.match(at(b), /^\/\/ old/);
    const behind = await run("upgrade", "--check");
    assert.is(behind.code, 1, behind.stdout);
    assert.match(behind.stdout, /logger\.ts/);
    assert.not.match(behind.stdout, /mask\.ts/);
    const rest = await run("upgrade");
    assert.is(rest.code, 0, rest.stderr);
    assert.not.match(at(a), /^\/\/ old/);
    assert.is((await run("upgrade", "--check")).code, 0);
  });
});

test("--only – a pattern that matches no file of the layer is wrong use, not up to date", async () => {
  await withOld(async ({ folder, run }) => {
    const before = readTree(folder);
    for (const flags of [
      ["--only", "pol/**"],
      ["--only", "config/**,loger.ts"],
      ["--only", "loger.ts", "--check"],
    ]) {
      const { code, stderr } = await run("upgrade", ...flags);
      assert.is(code, 2, `${flags.join(" ")}: ${stderr}`);
      assert.match(stderr, /no file of the layer/);
    }
    assert.equal(readTree(folder), before);
    const exact = await run(
      "upgrade",
      "--only",
      a,
      "--only",
      "./config/mask.ts",
    );
    assert.is(exact.code, 0, exact.stderr);
  });
});

test("--verify – says that the tests passed", async () => {
  await withOld(async ({ folder, run }) => {
    setTest(folder, "node -e 0");
    const { code, stdout } = await run("upgrade", "--verify");
    assert.is(code, 0, stdout);
    assert.match(stdout, /✓ npm run test/);
    assert.not.match(stdout, /Not verified: .*the layer's tests/);
  });
});

test("--verify – failed tests: exit 1 with their words, the files stay, undo is offered and works", async () => {
  await withOld(async ({ folder, at, run }) => {
    setTest(
      folder,
      "node -e 'console.log(`expected 1, got 2`);process.exit(7)'",
    );
    const before = readTree(folder);
    const { code, stdout } = await run("upgrade", "--verify");
    assert.is(code, 1, stdout);
    assert.match(stdout, /✗ npm run test failed: .*The files are written/);
    assert.match(stdout, /expected 1, got 2/);
    assert.match(stdout, /create-bento-db undo/);
    assert.not.match(at(a), /^\/\/ old/);
    const back = await run("undo");
    assert.is(back.code, 0, back.stderr);
    assert.equal(readTree(folder), before);
  });
});

test("--verify – without a script for tests says that they were not run", async () => {
  await withOld(async ({ folder, run }) => {
    edit(folder, "package.json", (text) =>
      text.replaceAll(/^ {4}"test[^"]*": .*\n/gm, ""),
    );
    const { code, stdout } = await run("upgrade", "--verify");
    assert.is(code, 0, stdout);
    assert.match(stdout, /Not verified: .*the layer's tests/);
  });
});

test("undo – after --continue what was resolved stays and is named, all else is as before", async () => {
  await withOld(async ({ folder, at, run }) => {
    edit(folder, a, first("mine"));
    const before = readTree(folder);
    const marked = await run("upgrade", "--conflicts", "markers");
    assert.is(marked.code, 3, marked.stderr);
    edit(folder, a, (text) =>
      text.replace(/^<{7} [^]*?^={7}\n([^]*?)^>{7} .*\n/gm, "$1"),
    );
    const resolved = at(a);
    const settled = await run("upgrade", "--continue");
    assert.is(settled.code, 0, settled.stderr);
    const back = await run("undo");
    assert.is(back.code, 3, back.stderr);
    const [, kept = ""] =
      /logger\.ts \(before the change: (.+)\)/.exec(back.stdout) ?? [];
    assert.is(at(a), resolved);
    assert.match(at(kept), /^\/\/ mine\n/);
    const resolution = readTree(folder)[a];
    edit(folder, a, () => at(kept));
    assert.equal(withoutKept(folder), before);
    edit(folder, a, () => resolved);
    assert.is(readTree(folder)[a], resolution);
    const again = await run("upgrade");
    assert.is(again.code, 0, again.stdout);
    assert.is(at(a), resolved);
  });
});

test("undo – after --continue of a file that was decided for the user's own text, everything is as before", async () => {
  await withOld(async ({ folder, run }) => {
    edit(folder, a, first("mine"));
    const before = readTree(folder);
    const mine = before[a]?.replace(/^\d+ /, "") ?? "";
    assert.is((await run("upgrade", "--conflicts", "markers")).code, 3);
    edit(folder, a, () => mine);
    assert.is((await run("upgrade", "--continue")).code, 0);
    const back = await run("undo");
    assert.is(back.code, 0, back.stdout);
    assert.equal(readTree(folder), before);
  });
});

/** The tree less what undo has left for a look. */
function withoutKept(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readTree(folder)).filter(
      ([path]) => !path.includes("/.bento/undo/"),
    ),
  );
}

/** The user's own test script, which the upgrade leaves alone. */
function setTest(folder: string, script: string): void {
  edit(folder, "package.json", (text) =>
    text.replace(/^( {4}"test": ).*?(,?)$/m, (_, key, comma) =>
      [key, JSON.stringify(script), comma].join(""),
    ),
  );
}

test.run();
