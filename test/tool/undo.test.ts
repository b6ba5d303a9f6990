import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOf, type Change } from "../../src/write/change.ts";
import { applyChanges } from "../../src/write/transaction.ts";
import { git } from "../support/fixtures.ts";
import { runHere } from "../support/run-here.ts";
import { readTree, withFolder, writeTree } from "../support/trees.ts";

const layer = "infrastructure/database";
const record = `${layer}/.bento/record.json`;
const changed = `${layer}/engine.ts`;
const gone = `${layer}/errors.ts`;
const added = `${layer}/new/part.ts`;

/** A project with a layer, less what a transaction leaves behind. */
async function withLayer(
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const words =
      "app --yes --no-install --parts none --database sqlite --example none";
    await runHere(folder, ...words.split(" "));
    await work(join(folder, "app"));
  });
}

/** Changes files as an upgrade does, the record last. */
async function change(folder: string, prefix = ""): Promise<void> {
  const bytes = (path: string): Buffer => readFileSync(join(folder, path));
  const rewrite = (path: string, edit: (text: string) => string): Change => ({
    kind: "write",
    path: prefix + path,
    content: edit(bytes(path).toString()),
    expected: hashOf(bytes(path)),
  });
  const changes: Change[] = [
    rewrite(changed, (text) => `<<<<<<< yours\n${text}`),
    rewrite("package.json", (text) =>
      text.replace("{", '{\n  "peerDependencies": { "x": "1" },'),
    ),
    {
      kind: "write",
      path: prefix + added,
      content: "export {};\n",
      expected: null,
    },
    { kind: "delete", path: prefix + gone, expected: hashOf(bytes(gone)) },
    rewrite(record, (text) =>
      text.replace(/"version": "[^"]*"/, '"version": "9.0.0"'),
    ),
  ];
  const root = prefix === "" ? folder : join(folder, "../..");
  await applyChanges(root, changes, {
    keep: `${prefix}${layer}/.bento/undo`,
  });
}

test("undo – restores every byte and permission bit, marked conflicts too, and then has nothing left", async () => {
  await withLayer(async (folder) => {
    chmodSync(join(folder, changed), 0o600);
    chmodSync(join(folder, gone), 0o640);
    mkdirSync(join(folder, dirname(added)), { mode: 0o700 });
    const before = readTree(folder);
    await change(folder);
    const upgraded = readTree(folder);
    const dry = await runHere(folder, "undo", "--dry-run");
    assert.match(dry.stdout, /Would take back the last change, 5 files/);
    const diff = await runHere(folder, "undo", "--diff");
    assert.match(diff.stdout, /^-<<<<<<< yours$/m);
    assert.match(diff.stdout, /^\+\+\+ \/dev\/null$/m);
    assert.equal(readTree(folder), upgraded);
    const run = await runHere(folder, "undo");
    assert.is(run.code, 0, run.stderr);
    assert.match(run.stdout, /restore\s+infrastructure\/database\/engine\.ts/);
    assert.match(run.stdout, /bring back\s+\S+errors\.ts/);
    assert.match(run.stdout, /remove\s+\S+part\.ts/);
    assert.match(run.stdout, /install again/);
    assert.equal(readTree(folder), before);
    const again = await runHere(folder, "undo");
    assert.is(again.code, 1);
    assert.match(again.stderr, /no upgrade, add or remove/);
    assert.equal(readTree(folder), before);
  });
});

test("undo – scenario 79: a file edited since is kept and named, the others are restored", async () => {
  await withLayer(async (folder) => {
    const before = readTree(folder);
    await change(folder);
    writeFileSync(join(folder, changed), "mine\n");
    const run = await runHere(folder, "undo", "--json");
    const { files, kept } = JSON.parse(run.stdout) as {
      files: { path: string; action: string }[];
      kept: { path: string; before: string }[];
    };
    assert.is(run.code, 3);
    assert.is(files.length, 4);
    assert.equal(
      kept.map(({ path }) => path),
      [changed],
    );
    assert.is(readFileSync(join(folder, changed), "utf8"), "mine\n");
    const old = readFileSync(join(folder, kept[0]?.before ?? ""), "utf8");
    assert.is(`644 ${old}`, before[changed]);
    const again = await runHere(folder, "undo");
    assert.is(again.code, 1);
    assert.match(again.stderr, /Left alone were:\n\s+\S+engine\.ts \(before/);
    rmSync(join(folder, `${layer}/.bento/undo`), { recursive: true });
    assert.equal({ ...readTree(folder), [changed]: before[changed] }, before);
  });
});

test("undo – a file deleted since, or made in a deleted one's place, is the user's", async () => {
  await withLayer(async (folder) => {
    await change(folder);
    rmSync(join(folder, changed));
    writeFileSync(join(folder, gone), "mine\n");
    const run = await runHere(folder, "undo");
    assert.is(run.code, 3);
    assert.not(existsSync(join(folder, changed)));
    assert.is(readFileSync(join(folder, gone), "utf8"), "mine\n");
    assert.not(existsSync(join(folder, added)));
  });
});

test("undo – a record that was formatted or damaged since is restored all the same", async () => {
  for (const text of ["{}", "{\n", '{ "version": "9.0.0" }\n']) {
    await withLayer(async (folder) => {
      const before = readTree(folder);
      await change(folder);
      writeFileSync(join(folder, record), text);
      const run = await runHere(folder, "undo");
      assert.is(run.code, 0, run.stderr);
      assert.equal(readTree(folder), before);
    });
  }
});

test("undo – what was changed by a checkout is not mixed with older files", async () => {
  await withLayer(async (folder) => {
    await change(folder);
    for (const path of [changed, "package.json", added, gone, record]) {
      writeFileSync(join(folder, path), "{}\n");
    }
    const before = readTree(folder);
    const run = await runHere(folder, "undo");
    assert.is(run.code, 1);
    assert.match(run.stderr, /Every file .* has been changed since/);
    assert.equal(readTree(folder), before);
  });
});

test("undo – git does not see what is kept for it", async () => {
  await withLayer(async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "before");
    await change(folder);
    const status = git(
      folder,
      "status",
      "--porcelain",
      "--untracked-files=all",
    );
    assert.not.match(status, /undo/);
    assert.ok(existsSync(join(folder, `${layer}/.bento/undo/old`)));
    git(folder, "clean", "-fd", "--quiet");
    assert.is((await runHere(folder, "undo")).code, 0);
    assert.is(git(folder, "status", "--porcelain"), "");
  });
});

test("undo – takes a conflict out of git's index, and stages nothing", async () => {
  await withLayer(async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "before");
    writeFileSync(join(folder, changed), "export {};\n");
    await change(folder);
    const [, blob = ""] =
      /^\d+ (\w+)/.exec(git(folder, "ls-files", "--stage", changed)) ?? [];
    const stages = [1, 2, 3].map((n) => `100644 ${blob} ${n}\t${changed}\n`);
    execFileSync("git", ["update-index", "--index-info"], {
      cwd: folder,
      input: `0 ${"0".repeat(40)}\t${changed}\n${stages.join("")}`,
    });
    assert.match(git(folder, "status", "--porcelain"), /^UU \S+engine\.ts$/m);
    assert.is((await runHere(folder, "undo")).code, 0);
    const status = git(folder, "status", "--porcelain");
    assert.is(status, ` M ${changed}\n`);
  });
});

test("undo – finds a change that reached into the workspace around the package", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, {
      "package.json": '{ "private": true, "workspaces": ["packages/*"] }\n',
      "packages/api/package.json": '{ "name": "api" }\n',
    });
    const api = join(folder, "packages/api");
    const words = "--yes --no-install --parts none --example none";
    await runHere(api, ...words.split(" "));
    const before = readTree(folder);
    await change(api, "packages/api/");
    assert.is((await runHere(api, "undo")).code, 0);
    assert.equal(readTree(folder), before);
  });
});

test("undo – a moved layer and a link in the place of the kept files are refused", async () => {
  await withLayer(async (folder) => {
    await change(folder);
    const kept = join(folder, `${layer}/.bento/undo`);
    renameSync(kept, join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), kept);
    assert.match((await runHere(folder, "undo")).stderr, /no upgrade, add/);
    rmSync(kept);
    renameSync(join(folder, "elsewhere"), kept);
    mkdirSync(join(folder, "src"));
    renameSync(join(folder, layer), join(folder, "src/db"));
    assert.match((await runHere(folder, "undo")).stderr, /no upgrade, add/);
    assert.is(statSync(join(folder, "src/db/engine.ts")).isFile(), true);
  });
});

test("undo – without a layer says where it looked", async () => {
  await withFolder(async (folder) => {
    const run = await runHere(folder, "undo");
    assert.is(run.code, 1);
    assert.match(run.stderr, /Found no database layer/);
  });
});

test.run();
