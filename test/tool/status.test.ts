import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { git } from "../support/fixtures.ts";
import { captureOutput } from "../support/output.ts";
import { currentTree, releases, releaseTree } from "../support/releases.ts";
import { runHere } from "../support/run-here.ts";
import {
  edit,
  readTree,
  type Tree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const layer = "infrastructure/database";
const [oldest = ""] = releases;
const current = await currentTree();

interface Status {
  readonly version: string;
  readonly upgrade: {
    readonly available: boolean;
    readonly files: readonly { path: string; action: string }[];
  };
  readonly files: readonly {
    path: string;
    status: string;
    movedFrom: string | null;
  }[];
  readonly damaged: readonly string[];
}

async function run(folder: string, ...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runHere(folder, ...words);
  assert.is(code, 0, stderr);
  return stdout;
}

async function statusOf(folder: string): Promise<Status> {
  return JSON.parse(await run(folder, "status", "--json")) as Status;
}

/** Lends a project that the oldest version created, or this one. */
async function withProject(
  tree: Tree,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    writeTree(folder, tree);
    const before = readTree(folder);
    await work(folder);
    assert.equal(
      Object.keys(readTree(folder)).filter((path) => /txn|undo/.test(path)),
      Object.keys(before).filter((path) => /txn|undo/.test(path)),
    );
  });
}

test("status – a fresh project is unchanged and up to date, and nothing is written", async () => {
  await withProject(current, async (folder) => {
    const before = readTree(folder);
    const { files, upgrade, damaged } = await statusOf(folder);
    const states = new Set(files.map(({ status }) => status));
    assert.equal([...states].sort(), ["detached", "unchanged"]);
    assert.equal(upgrade, { available: false, files: [] });
    assert.equal(damaged, []);
    const text = await run(folder, "status");
    assert.match(text, /version 0\.\S+ in infrastructure\/database/);
    assert.match(text, /Unchanged: \d+ files/);
    assert.match(text, /Up to date/);
    assert.is(await run(folder, "diff"), "");
    assert.equal(readTree(folder), before);
  });
});

test("status – each kind of change is told, by path", async () => {
  await withProject(current, async (folder) => {
    edit(folder, `${layer}/engine.ts`, (text) => `${text}// mine\n`);
    edit(folder, `${layer}/defaults.ts`, (text) => `${text}// mine\n`);
    rmSync(join(folder, `${layer}/logger.ts`));
    writeFileSync(join(folder, `${layer}/errors.ts`), Buffer.from([0, 255]));
    mkdirSync(join(folder, "src/db"));
    renameSync(
      join(folder, `${layer}/pool/slot.ts`),
      join(folder, "src/db/place.ts"),
    );
    edit(folder, `${layer}/.bento/base.txt`, (text) =>
      text.replace(/^(\S+pool\/lanes\.ts \S+) .*$/m, "$1 broken"),
    );
    edit(folder, `${layer}/.bento/record.json`, (text) => {
      const json = JSON.parse(text) as {
        files: Record<string, { state: string }>;
      };
      Object.assign(json.files[`${layer}/index.ts`] ?? {}, {
        state: "conflicted",
      });
      return JSON.stringify(json);
    });
    const { files, damaged } = await statusOf(folder);
    const found = Object.fromEntries(
      files.map(({ path, status }) => [path, status]),
    );
    assert.is(found[`${layer}/engine.ts`], "changed");
    assert.is(found[`${layer}/defaults.ts`], "detached");
    assert.is(found[`${layer}/logger.ts`], "deleted");
    assert.is(found[`${layer}/errors.ts`], "replaced");
    assert.is(found[`${layer}/pool/lanes.ts`], "unknown");
    assert.is(found[`${layer}/index.ts`], "conflicted");
    const moved = files.find(({ path }) => path === "src/db/place.ts");
    assert.is(moved?.movedFrom, `${layer}/pool/slot.ts`);
    assert.match(damaged.join(), /pool\/lanes\.ts: its line does not match/);
    const text = await run(folder, "status");
    assert.match(text, /Changed by you:\n(?: {2}.+\n)* {2}\S+engine\.ts/);
    assert.match(text, /Deleted by you:\n {2}\S+logger\.ts/);
    assert.match(text, /left to you:\n {2}\S+index\.ts/);
    assert.match(text, /slot\.ts → src\/db\/place\.ts/);
    assert.match(text, /! base\.txt, \S+lanes\.ts/);
  });
});

test("status – an older layer: what an upgrade would touch, file by file", async () => {
  const old = new Map(Object.entries(releaseTree(oldest)));
  const now = new Map(Object.entries(current));
  await withProject(releaseTree(oldest), async (folder) => {
    const changed = [...old].find(
      ([path, text]) =>
        path.endsWith("pool.ts") && now.get(path) !== text && now.has(path),
    );
    const path = changed?.[0] ?? "";
    edit(folder, path, (text) => `${text}// mine\n`);
    const { version, upgrade } = await statusOf(folder);
    assert.is(version, oldest);
    assert.is(upgrade.available, true);
    const actions = new Map(
      upgrade.files.map((file) => [file.path, file.action]),
    );
    assert.is(actions.get(path), "merge");
    for (const [name, text] of now) {
      if (name === path || name === "package.json") continue;
      if (name.includes("/.bento/")) continue;
      const userOwned = /\/(?:models|skeleton|versions|defaults\.ts)/.test(
        name,
      );
      const before = old.get(name);
      const expected =
        before === text || (userOwned && before !== undefined)
          ? undefined
          : before === undefined
            ? "add"
            : "replace";
      assert.is(actions.get(name), expected, name);
    }
    const text = await run(folder, "status");
    assert.match(text, /an upgrade touches 1 to merge, \d+ to replace/);
  });
});

test("status and doctor – a layer of a newer version is offered no upgrade, and the version to use is named", async () => {
  await withProject(current, async (folder) => {
    edit(folder, `${layer}/.bento/record.json`, (text) =>
      text
        .replace(/"version": "[^"]*"/, '"version": "99.1.0"')
        .replaceAll(`${layer}/errors.ts`, `${layer}/later.ts`),
    );
    const { version, upgrade, files } = await statusOf(folder);
    assert.is(version, "99.1.0");
    assert.equal(upgrade, { available: false, files: [] });
    assert.ok(files.some(({ path }) => path === `${layer}/later.ts`));
    const text = await run(folder, "status");
    assert.match(
      text,
      /older than the layer[^]*npx create-bento-db@99\.1\.0\n/,
    );
    assert.not.match(text, /an upgrade touches/);
    const doctor = await captureOutput(() => main(["doctor", "--cwd", folder]));
    assert.match(
      doctor.stdout,
      /! record +version 99\.1\.0, [^\n]*newer than this create-bento-db[^]*npx create-bento-db@99\.1\.0 doctor/,
    );
  });
});

/** What only a later version could write. */
const later: Readonly<Record<string, (text: string) => string>> = {
  "a file outside of the layer": (text) =>
    text.replace('".gitignore": {', '"later.config.ts": {'),
  "a part": (text) => text.replace('"parts": [', '"parts": ["later",'),
  "a layout": (text) => text.replace('"format": 1', '"format": 2'),
};

for (const [what, change] of Object.entries(later)) {
  test(`scenario 69 – a newer version's record with ${what} that is not known here: every command names the version`, async () => {
    await withProject(current, async (folder) => {
      edit(folder, `${layer}/.bento/record.json`, (text) => {
        const changed = change(text);
        assert.is.not(changed, text);
        return changed.replace(/"version": "[^"]*"/, '"version": "99.1.0"');
      });
      const before = readTree(folder);
      const commands = [
        ["status"],
        ["diff"],
        ["diff", "--upstream"],
        ["upgrade"],
        ["upgrade", "--continue"],
        ["add", "migrations"],
        ["add", "--restore", "logger.ts"],
        ["remove", "draining"],
        ["adopt"],
      ];
      for (const words of commands) {
        const args = [...words, "--cwd", folder];
        const { result, stderr } = await captureOutput(() => main(args));
        assert.is(result, 1, words.join(" "));
        assert.match(
          stderr,
          /written by version 99\.1\.0, and this is [^]*npx create-bento-db@99\.1\.0/,
        );
      }
      assert.equal(readTree(folder), before);
    });
  });
}

test("scenario 69 – the user's changes in a layer of a newer version are shown, its files known here or not", async () => {
  await withProject(current, async (folder) => {
    edit(folder, `${layer}/.bento/record.json`, (text) =>
      text
        .replace(/"version": "[^"]*"/, '"version": "99.1.0"')
        .replaceAll(`${layer}/errors.ts`, `${layer}/later.ts`),
    );
    edit(folder, `${layer}/engine.ts`, (text) => `// mine\n${text}`);
    assert.match(
      await run(folder, "diff", `${layer}/engine.ts`),
      /^\+\/\/ mine$/m,
    );
  });
});

test("diff – the user's lines only, whatever the line endings, and git can apply them", async () => {
  await withProject(current, async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "before");
    const engine = `${layer}/engine.ts`;
    edit(folder, engine, (text) => `// mine\n${text}`.replaceAll("\n", "\r\n"));
    rmSync(join(folder, `${layer}/logger.ts`));
    const all = await run(folder, "diff");
    const lines = all.split("\n").filter((line) => /^[+-](?![+-])/.test(line));
    assert.equal(
      lines.filter((line) => line.startsWith("+")),
      ["+// mine"],
    );
    assert.ok(lines.filter((line) => line.startsWith("-")).length > 5);
    for (const word of [engine, `${layer}/engine.ts`, layer]) {
      assert.match(await run(folder, "diff", word), /^\+\/\/ mine$/m);
    }
    const inside = await captureOutput(() =>
      main(["diff", "engine.ts", "--cwd", join(folder, layer)]),
    );
    assert.match(inside.stdout, /^\+\/\/ mine$/m);
    git(folder, "checkout", "--quiet", ".");
    writeFileSync(join(folder, "mine.patch"), all);
    git(folder, "apply", "mine.patch");
    assert.match(readFileSync(join(folder, engine), "utf8"), /^\/\/ mine\n/);
  });
});

test("diff – of package.json and .env.example only the tool's own part", async () => {
  await withProject(current, async (folder) => {
    edit(folder, "package.json", (text) =>
      text
        .replace(/"sequelize": "[^"]*"/, '"sequelize": "6.0.0"')
        .replace('"private"', '"mine": 1,\n  "private"'),
    );
    edit(folder, ".env.example", (text) => `MINE=1\n${text}`);
    const text = await run(folder, "diff");
    const lines = text.split("\n").filter((line) => /^[+-](?![+-])/.test(line));
    assert.is(lines.length, 2, text);
    assert.match(lines[1] ?? "", /^\+\s+"sequelize": "6\.0\.0"/);
  });
});

test("diff – an unknown file is answered with the nearest", async () => {
  await withProject(current, async (folder) => {
    const args = ["diff", `${layer}/engin.ts`, "--cwd", folder];
    const { result, stderr } = await captureOutput(() => main(args));
    assert.is(result, 2);
    assert.match(stderr, /Did you mean infrastructure\/database\/engine\.ts/);
  });
});

test("diff --upstream – what this version changes", async () => {
  await withProject(releaseTree(oldest), async (folder) => {
    const text = await run(folder, "diff", "--upstream");
    assert.match(text, /^--- a\/infrastructure/m);
    assert.match(text, /^\+\+\+ b\/infrastructure/m);
    edit(folder, `${layer}/engine.ts`, (before) => `${before}// mine\n`);
    assert.is(await run(folder, "diff", "--upstream"), text);
  });
  await withProject(current, async (folder) => {
    assert.is(await run(folder, "diff", "--upstream"), "");
  });
});

test.run();
