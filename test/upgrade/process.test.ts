/** Versions, answers and the run itself: scenarios 63 to 85 by their numbers. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Answers } from "../../src/answers.ts";
import { locateLayer, openLayer } from "../../src/project/open-layer.ts";
import { baseFile, recordFile } from "../../src/record.ts";
import { continueUpgrade } from "../../src/upgrade/continue.ts";
import { planUndo, undo } from "../../src/undo.ts";
import { markInIndex } from "../../src/upgrade/git-index.ts";
import { acquire, release, transactionFolder } from "../../src/write/lock.ts";
import { git } from "../support/fixtures.ts";
import { runTool } from "../support/tool.ts";
import { readTree, withFolder } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
/** A file that every version here emits; only the tool's own ids count where the real tool runs. */
const a = `${layer}/logger.ts`;
const lines = Array.from(
  { length: 9 },
  (_, i) => `export const n${i + 1} = ${i + 1};\n`,
);
const one = lines.join("");
const two = one.replace("n8 = 8", "n8 = 80");
const three = two.replace("n7 = 7", "n7 = 70");
const mine = one.replace("n8 = 8", "n8 = 88");

const v1 = editionOf("1.0.0", { [a]: one });
const v2 = editionOf("1.1.0", { [a]: two });
const v3 = editionOf("1.2.0", { [a]: three });

async function withProject(
  work: (folder: string) => Promise<void>,
  answers: Partial<Answers> = {},
): Promise<void> {
  await withFolder(async (folder) => {
    writeProject(folder, v1, answersOf(answers));
    await work(folder);
  });
}

const at = (folder: string, path = a): string =>
  readFileSync(join(folder, path), "utf8");

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

test("scenario 63 – an answer changed only: what follows from it changes, and the user's edits stay", async () => {
  await withProject(async (folder) => {
    edit(
      folder,
      `${layer}/errors.ts`,
      (text) => `${text}\nexport const own = 1;\n`,
    );
    const answers = answersOf({ databases: ["postgres"] });
    const { open } = await upgradeTo(folder, v1, { answers });
    assert.is(open, false);
    assert.not.ok(existsSync(join(folder, layer, "engines/sqlite.ts")));
    assert.ok(existsSync(join(folder, layer, "engines/postgres.ts")));
    assert.match(at(folder, `${layer}/errors.ts`), /own = 1/);
    const { dependencies } = JSON.parse(at(folder, "package.json")) as {
      dependencies: Record<string, string>;
    };
    assert.equal(Object.keys(dependencies), ["pg", "sequelize"]);
    assert.not.match(at(folder, ".env.example"), /sqlite:/);
  });
});

test("scenario 64 – a part removed: its files go, edited ones stay, its scripts and packages go unless changed", async () => {
  await withProject(
    async (folder) => {
      const cli = `${layer}/migrations/cli.ts`;
      edit(folder, cli, (text) => `// mine\n${text}`);
      edit(folder, "package.json", (text) =>
        text.replace(
          "migrations/cli.ts status",
          "migrations/cli.ts status --json",
        ),
      );
      const { file } = await upgradeTo(folder, v1, { answers: answersOf() });
      assert.not.ok(existsSync(join(folder, layer, "migrations/migrator.ts")));
      assert.match(at(folder, cli), /^\/\/ mine/);
      const text = at(folder, "package.json");
      assert.not.match(text, /umzug|db:migrate|db:new/);
      assert.match(text, /db:status.*--json/);
      assert.match(file("package.json").note, /db:status stays/);
    },
    { parts: ["migrations"] },
  );
});

test("scenario 65 – a part added while upgrading; a second run changes nothing", async () => {
  await withProject(async (folder) => {
    const answers = answersOf({ parts: ["resilience"] });
    await upgradeTo(folder, v2, { answers });
    assert.ok(existsSync(join(folder, layer, "resilience/classifier.ts")));
    assert.is(at(folder), two);
    assert.equal((await upgradeTo(folder, v2)).changes, []);
  });
});

test("scenario 66 – three releases at once are one merge, and their renames one", async () => {
  await withProject(async (folder) => {
    const [b, c] = [`${layer}/b.ts`, `${layer}/c.ts`];
    edit(folder, a, (text) => text.replace("n2 = 2", "n2 = 22"));
    const renames = {
      "1.1.0": { files: { [a]: b } },
      "1.2.0": { files: { [b]: c } },
    };
    const edition = editionOf("1.3.0", { [a]: null, [c]: three }, renames);
    await upgradeTo(folder, edition);
    assert.is(at(folder, c), three.replace("n2 = 2", "n2 = 22"));
    assert.not.ok(existsSync(join(folder, a)));
    assert.not.ok(existsSync(join(folder, b)));
  });
});

test("scenarios 67 and 69 – a record of a newer version: refused with its number, unless asked for", async () => {
  await withProject(async (folder) => {
    const added = `${layer}/later.ts`;
    await upgradeTo(folder, editionOf("1.1.0", { [a]: two, [added]: one }));
    edit(folder, a, (text) => text.replace("n2 = 2", "n2 = 22"));
    const before = readTree(folder);
    const message = await refusal(() => upgradeTo(folder, v1));
    assert.match(message, /written by version 1\.1\.0, and this is 1\.0\.0/);
    assert.equal(readTree(folder), before);
    await upgradeTo(folder, v1, { allowDowngrade: true });
    assert.is(at(folder), one.replace("n2 = 2", "n2 = 22"));
    assert.not.ok(existsSync(join(folder, added)));
    assert.is(openLayer(folder).version, "1.0.0");
  });
});

test("scenarios 68 and 83 – the same version again, and an upgrade run twice: nothing written", async () => {
  await withProject(async (folder) => {
    const before = readTree(folder);
    assert.equal((await upgradeTo(folder, v1)).changes, []);
    assert.equal(readTree(folder), before);
    edit(folder, a, (text) => text.replace("n2 = 2", "n2 = 22"));
    rmSync(join(folder, layer, "errors.ts"));
    await upgradeTo(folder, v2);
    const after = readTree(folder);
    assert.equal((await upgradeTo(folder, v2)).changes, []);
    assert.equal(readTree(folder), after);
  });
});

test("scenario 71 – a damaged line: an unchanged file is known by its hash, a changed one is asked about", async () => {
  const damage = (folder: string): void => {
    edit(folder, `${layer}/${baseFile}`, (text) =>
      text.replace(new RegExp(`^(${a} \\S+ \\S{9})\\S`, "m"), "$1!"),
    );
  };
  await withProject(async (folder) => {
    damage(folder);
    assert.is((await upgradeTo(folder, v2)).open, false);
    assert.is(at(folder), two);
    assert.equal((await upgradeTo(folder, v2)).changes, []);
  });
  await withProject(async (folder) => {
    damage(folder);
    edit(folder, a, (text) => text.replace("n2 = 2", "n2 = 22"));
    const { open, file } = await upgradeTo(folder, v2);
    assert.is(open, true);
    assert.match(file(a).note, /base\.txt is damaged/);
  });
});

test("scenarios 72 and 73 – two branches that both upgraded merge in git, and the record still works", async () => {
  await withProject(async (folder) => {
    const b = `${layer}/errors.ts`;
    git(folder, "init", "--quiet", "--initial-branch=main");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "one");
    git(folder, "checkout", "--quiet", "-b", "other");
    await upgradeTo(folder, editionOf("1.1.0", { [a]: one, [b]: three }), {
      concerns: (path) => path === b,
      partial: true,
    });
    git(folder, "commit", "--quiet", "--all", "--message", "other");
    git(folder, "checkout", "--quiet", "main");
    await upgradeTo(folder, v2, {
      concerns: (path) => path === a,
      partial: true,
    });
    git(folder, "commit", "--quiet", "--all", "--message", "mine");
    git(folder, "merge", "--quiet", "--squash", "other");
    git(folder, "commit", "--quiet", "--message", "both");
    rmSync(join(folder, ".git"), { recursive: true });
    const now = editionOf("1.2.0", { [a]: three, [b]: two });
    const { open } = await upgradeTo(folder, now);
    assert.is(open, false);
    assert.is(at(folder), three);
    assert.is(at(folder, b), two);
  });
});

test("scenario 74 – a dirty tree is fine, and what is in it stays", async () => {
  await withProject(async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "one");
    git(folder, "checkout", "--quiet", "--detach");
    edit(folder, a, (text) => text.replace("n2 = 2", "n2 = 22"));
    writeFileSync(join(folder, "untracked.txt"), "mine\n");
    await upgradeTo(folder, v2);
    assert.is(at(folder), two.replace("n2 = 2", "n2 = 22"));
    assert.is(at(folder, "untracked.txt"), "mine\n");
    const status = git(folder, "status", "--porcelain");
    assert.not.match(status, /undo/);
  });
});

test("scenario 76 – two at once: the second says so and ends", async () => {
  await withProject(async (folder) => {
    const lock = join(folder, transactionFolder);
    acquire(lock, () => undefined);
    try {
      const before = readTree(folder);
      const message = await refusal(() => upgradeTo(folder, v2));
      assert.match(message, /Another create-bento-db works in/);
      assert.equal(readTree(folder), before);
    } finally {
      release(lock);
    }
  });
});

test("scenarios 80 and 81 – a conflict and nobody to ask: nothing written, exit 3, listed; --conflicts decides", async () => {
  await withFolder(async (folder) => {
    // The real tool, so the older version is made from what it emits.
    const old = editionOf("0.0.1", {
      [a]: (text) => text.replaceAll("message", "text"),
    });
    writeProject(folder, old, answersOf());
    edit(folder, a, (text) => text.replaceAll("text", "words"));
    const before = readTree(folder);
    const run = await runTool(["upgrade", "--json"], { cwd: folder });
    assert.is(run.code, 3, run.stderr);
    const { written, files } = JSON.parse(run.stdout) as {
      written: boolean;
      files: { path: string; conflicts: { yours: string; theirs: string }[] }[];
    };
    assert.is(written, false);
    assert.equal(readTree(folder), before);
    const [conflict] = files.filter(({ conflicts }) => conflicts.length > 0);
    assert.is(conflict?.path, a);
    const words = await runTool(["upgrade"], { cwd: folder });
    assert.is(words.code, 3);
    assert.match(words.stdout, /Nothing was changed/);
    assert.match(words.stdout, /yours:[^]*words[^]*this version's:[^]*message/);
    const kept = at(folder);
    const decided = await runTool(["upgrade", "--conflicts=mine"], {
      cwd: folder,
    });
    assert.is(decided.code, 0, decided.stderr);
    assert.is(at(folder), kept);
    const again = await runTool(["upgrade", "--check"], { cwd: folder });
    assert.is(again.code, 0, again.stdout);
    assert.match(again.stdout, /up to date/);
  });
});

test("scenario 82 – decided for mine: not asked again for the same text; new takes this version's", async () => {
  await withProject(async (folder) => {
    writeFileSync(join(folder, a), mine);
    await upgradeTo(folder, v2, { conflicts: "mine" });
    assert.is(at(folder), mine);
    const next = editionOf("1.2.0", { [a]: two.replace("n2 = 2", "n2 = 22") });
    assert.is((await upgradeTo(folder, next)).open, false);
    assert.is(at(folder), mine.replace("n2 = 2", "n2 = 22"));
  });
  await withProject(async (folder) => {
    writeFileSync(join(folder, a), mine.replace("n2 = 2", "n2 = 22"));
    await upgradeTo(folder, v2, { conflicts: "new" });
    assert.is(at(folder), two.replace("n2 = 2", "n2 = 22"));
  });
});

test("scenario 84 – markers: git's index has three stages; the next upgrade waits for --continue, which refuses markers", async () => {
  await withProject(async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "one");
    writeFileSync(join(folder, a), mine);
    const plan = await upgradeTo(folder, v2, { conflicts: "markers" });
    markInIndex(plan);
    const text = at(folder);
    assert.match(
      text,
      /^<{7} yours\n[^]*^\|{7} base 1\.0\.0\n[^]*^={7}\n[^]*^>{7} create-bento-db 1\.1\.0\n/m,
    );
    const stages = git(folder, "ls-files", "--unmerged");
    assert.equal(
      [...stages.matchAll(/ ([123])\t/g)].map(([, n]) => n),
      ["1", "2", "3"],
    );
    assert.is(git(folder, "show", `:1:${a}`), one);
    assert.is(git(folder, "show", `:2:${a}`), mine);
    assert.is(git(folder, "show", `:3:${a}`), two);
    assert.match(
      await refusal(() => upgradeTo(folder, v3)),
      /not resolved yet/,
    );
    const opened = openLayer(folder);
    const { signal } = new AbortController();
    const left = await refusal(() => continueUpgrade(opened, signal));
    assert.match(left, /logger\.ts:8/);
    writeFileSync(join(folder, a), two);
    assert.equal((await continueUpgrade(opened, signal)).paths, [a]);
    assert.is(git(folder, "ls-files", "--unmerged"), "");
    assert.is((await upgradeTo(folder, v3)).open, false);
    assert.is(at(folder), three);
  });
});

test("undo takes a conflict out of git's index too", async () => {
  await withProject(async (folder) => {
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "one");
    writeFileSync(join(folder, a), mine);
    markInIndex(await upgradeTo(folder, v2, { conflicts: "markers" }));
    assert.is.not(git(folder, "ls-files", "--unmerged"), "");
    await undo(planUndo(locateLayer(folder)), new AbortController().signal);
    assert.is(at(folder), mine);
    assert.is(git(folder, "ls-files", "--unmerged"), "");
    assert.is(git(folder, "show", `:${a}`), one);
  });
});

test("undo leaves a file that was never committed among those to be committed", async () => {
  for (const committed of [[], ["package.json"]]) {
    await withProject(async (folder) => {
      git(folder, "init", "--quiet");
      for (const path of committed) {
        git(folder, "add", path);
        git(folder, "commit", "--quiet", "--message", "one");
      }
      writeFileSync(join(folder, a), mine);
      git(folder, "add", "--all");
      const before = git(folder, "ls-files", "--stage");
      markInIndex(await upgradeTo(folder, v2, { conflicts: "markers" }));
      assert.is.not(git(folder, "ls-files", "--unmerged"), "");
      await undo(planUndo(locateLayer(folder)), new AbortController().signal);
      assert.is(git(folder, "ls-files", "--stage"), before);
      assert.is(git(folder, "diff"), "");
    });
  }
});

test("scenario 85 – no network, no package manager: an upgrade without new packages works", async () => {
  await withFolder(async (folder) => {
    const old = editionOf("0.0.1", { [a]: (text) => `${text}// old\n` });
    writeProject(folder, old, answersOf());
    const bare = join(folder, "bin");
    mkdirSync(bare);
    const run = await runTool(["upgrade"], {
      cwd: folder,
      env: { PATH: bare },
    });
    assert.is(run.code, 0, run.stderr);
    assert.not.match(at(folder), /\/\/ old/);
  });
});

test("record.json keeps the line endings of a CRLF tree", async () => {
  await withProject(async (folder) => {
    for (const path of [recordFile, baseFile]) {
      edit(folder, `${layer}/${path}`, (text) => text.replaceAll("\n", "\r\n"));
    }
    await upgradeTo(folder, v2);
    for (const path of [recordFile, baseFile]) {
      const text = at(folder, `${layer}/${path}`);
      assert.is(text.split("\r\n").length, text.split("\n").length, path);
    }
  });
});

test.run();
