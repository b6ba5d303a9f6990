/** Scenario 71: a line of base.txt is damaged, and the user follows the advice to the letter. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { git } from "../support/fixtures.ts";
import { releases, releaseTree } from "../support/releases.ts";
import { type Run, runHere } from "../support/run-here.ts";
import { edit, readFiles, withFolder, writeTree } from "../support/trees.ts";

const layer = "infrastructure/database";
const base = `${layer}/.bento/base.txt`;
const [oldest = ""] = releases;

/** A file that the versions since then changed. */
const changed = `${layer}/engines/sqlite.ts`;

const upgrade = (folder: string, ...flags: string[]): Promise<Run> =>
  runHere(folder, "upgrade", "--no-install", ...flags);

/** Lends a project of the oldest version with an edit of the user's. */
async function withProject(
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    writeTree(folder, releaseTree(oldest));
    edit(folder, changed, (text) => `// mine\n${text}`);
    await work(folder);
  });
}

function damage(folder: string): void {
  edit(folder, base, (text) => {
    const broken = text.replace(
      new RegExp(`^(${changed} \\S+ \\S{20})\\S`, "m"),
      "$1!",
    );
    assert.is.not(broken, text);
    return broken;
  });
}

/** What the upgrade makes of the same project with a whole record. */
async function expected(): Promise<Record<string, string>> {
  let files: Record<string, string> = {};
  await withProject(async (folder) => {
    const run = await upgrade(folder);
    assert.is(run.code, 0, run.stdout + run.stderr);
    files = withoutTraces(folder);
    assert.match(files[changed] ?? "", /^\/\/ mine\n/);
  });
  return files;
}

function withoutTraces(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readFiles(folder)).filter(
      ([path]) => !path.startsWith(".git/") && !path.includes("/.bento/undo/"),
    ),
  );
}

/** The lines of an answer that are commands. */
function commandsIn({ stderr }: Run): string[] {
  return stderr
    .split("\n")
    .filter((line) => /^ {2}(?:git|create-bento-db) /.test(line));
}

/** Types a line as it stands, comment and all. */
async function type(folder: string, line: string): Promise<void> {
  const [, words] = /^ *create-bento-db ([^#]*)/.exec(line) ?? [];
  if (words === undefined) {
    const shell = spawnSync("sh", ["-c", line], { cwd: folder });
    assert.is(shell.status, 0, `${line}\n${shell.stderr.toString()}`);
    return;
  }
  const run = await runHere(folder, ...words.trim().split(/\s+/));
  assert.is(run.code, 0, run.stdout + run.stderr);
}

function commit(folder: string, message: string): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", message);
}

test("scenario 71 – with a history: the advice names the commit that has the line; followed, the upgrade is as if nothing had been", async () => {
  const whole = await expected();
  await withProject(async (folder) => {
    git(folder, "init", "--quiet");
    commit(folder, "the layer");
    damage(folder);
    commit(folder, "damaged");
    const refused = await upgrade(folder);
    assert.is(refused.code, 1, refused.stdout);
    assert.match(refused.stderr, /pristine texts in \S+base\.txt are damaged/);
    assert.match(refused.stderr, /engines\/sqlite\.ts\nNothing was changed/);
    const [checkout = "", adopt = ""] = commandsIn(refused);
    assert.match(checkout, /^ {2}git checkout [\da-f]+ -- \S+base\.txt /);
    assert.match(adopt, /^ {2}create-bento-db adopt /);
    assert.is(git(folder, "status", "--porcelain"), "");
    await type(folder, checkout);
    const run = await upgrade(folder);
    assert.is(run.code, 0, run.stdout + run.stderr);
    assert.equal(withoutTraces(folder), whole);
  });
});

test("scenario 71 – without any history or network: adopt renders the line anew; followed, the upgrade is as if nothing had been", async () => {
  const whole = await expected();
  await withProject(async (folder) => {
    damage(folder);
    const refused = await upgrade(folder);
    assert.is(refused.code, 1, refused.stdout);
    const commands = commandsIn(refused);
    assert.is(commands.length, 1, refused.stderr);
    await type(folder, commands[0] ?? "");
    const run = await upgrade(folder);
    assert.is(run.code, 0, run.stdout + run.stderr);
    rmSync(join(folder, `${base}.damaged`));
    assert.equal(withoutTraces(folder), whole);
  });
});

test("scenario 71 – a text that is nowhere to be had again: no advice that would not help, and each difference is asked about", async () => {
  await withProject(async (folder) => {
    edit(folder, `${layer}/.bento/record.json`, (text) => {
      const record = JSON.parse(text) as {
        files: Record<string, { hash: string }>;
      };
      Object.assign(record.files[changed] ?? {}, { hash: "0".repeat(64) });
      return JSON.stringify(record);
    });
    const run = await upgrade(folder);
    assert.is(run.code, 3, run.stderr);
    assert.match(run.stdout, /its pristine text in \S+base\.txt is damaged/);
    assert.match(run.stdout, /nobody can tell whose change this is/);
    assert.equal(commandsIn(run), []);
  });
});

test("scenario 71 – a side for everything needs no pristine text, and an unchanged file is known by its hash", async () => {
  await withProject(async (folder) => {
    damage(folder);
    const mine = await upgrade(folder, "--conflicts", "mine");
    assert.is(mine.code, 0, mine.stdout + mine.stderr);
  });
  await withProject(async (folder) => {
    damage(folder);
    edit(folder, changed, (text) => text.replace("// mine\n", ""));
    const run = await upgrade(folder);
    assert.is(run.code, 0, run.stdout + run.stderr);
  });
});

test.run();
