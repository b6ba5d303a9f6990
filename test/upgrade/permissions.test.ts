/** Scenario 25: read-only files and folders, for upgrade and undo, as somebody whom permissions stop. */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readTree, withFolder } from "../support/trees.ts";
import { giveAway, unprivilegedTool } from "../support/unprivileged.ts";
import { answersOf, editionOf, writeProject } from "../support/upgrades.ts";

const layer = "infrastructure/database";
const a = `${layer}/logger.ts`;
const b = `${layer}/engines/sqlite.ts`;
const older = (text: string): string => `${text}// old\n`;
const old = editionOf("0.0.1", { [a]: older, [b]: older });
const upgrade = ["upgrade", "--no-install"];

interface Place {
  readonly folder: string;
  /** Ends with exit code 0, or says why not. */
  readonly run: (...words: readonly string[]) => Promise<void>;
  /** Is refused with these words, without a stack and without a trace. */
  readonly refused: (
    words: readonly string[],
    pattern: RegExp,
    /** A folder that has to be opened for a comparison. */
    closed?: string,
  ) => Promise<void>;
}

/** Lends a project of an older version that belongs to that account. */
async function withProject(
  work: (place: Place) => Promise<void>,
): Promise<void> {
  await withFolder(async (parent) => {
    const tool = unprivilegedTool(parent);
    chmodSync(parent, 0o755);
    const folder = join(parent, "app");
    mkdirSync(folder);
    writeProject(folder, old, answersOf());
    giveAway(folder);
    await work({
      folder,
      run: async (...words) => {
        const { code, stderr } = await tool(words, folder);
        assert.is(code, 0, stderr);
      },
      refused: async (words, pattern, closed) => {
        const before = readOpened(folder, closed);
        const { code, stderr } = await tool(words, folder);
        assert.is(code, 1, stderr);
        assert.match(stderr, pattern);
        assert.not.match(stderr, /^ +at /m);
        assert.equal(readOpened(folder, closed), before);
      },
    });
  });
}

/** A tree of which a folder is closed to the test too, unless it runs as root. */
function readOpened(folder: string, closed: string | undefined): unknown {
  if (closed === undefined) return readTree(folder);
  const mode = statSync(closed).mode & 0o7777;
  chmodSync(closed, 0o755);
  const tree = readTree(folder);
  chmodSync(closed, mode);
  return { tree, mode };
}

const closedPlaces: readonly (readonly [string, RegExp])[] = [
  [".", /Cannot write \S+\.bento-txn\S*: permission denied\. Nothing was/],
  [layer, /Cannot write \S+database\/logger\.ts: permission denied\. Nothing/],
  [`${layer}/engines`, /Cannot write \S+\/engines\/sqlite\.ts: permission/],
  [`${layer}/.bento`, /Cannot write \S+\.bento\/base\.txt: permission denied/],
];

for (const [place, pattern] of closedPlaces) {
  test(`scenario 25 – ${place} is read-only: upgrade and undo say so, change nothing, and work once it is not`, async () => {
    await withProject(async ({ folder, run, refused }) => {
      const before = readTree(folder);
      const closed = join(folder, place);
      chmodSync(closed, 0o555);
      await refused(upgrade, pattern);
      chmodSync(closed, 0o755);
      await run(...upgrade);
      const after = readTree(folder);
      assert.not.match(after[a] ?? "", /\/\/ old/);
      chmodSync(closed, 0o555);
      await refused(["undo"], /Cannot write \S+: permission denied\. Nothing/);
      chmodSync(closed, 0o755);
      assert.equal(readTree(folder), after);
      await run("undo");
      assert.equal(readTree(folder), before);
    });
  });
}

test("scenario 25 – a read-only file in a folder that is not is replaced, stays read-only, and comes back", async () => {
  await withProject(async ({ folder, run }) => {
    chmodSync(join(folder, a), 0o444);
    const before = readTree(folder);
    await run(...upgrade);
    assert.not.match(readFileSync(join(folder, a), "utf8"), /\/\/ old/);
    assert.is(statSync(join(folder, a)).mode & 0o7777, 0o444);
    await run("undo");
    assert.equal(readTree(folder), before);
  });
});

test("scenario 25 – a file of somebody else's, which the system lets nobody link, comes back byte for byte", async () => {
  await withProject(async ({ folder, run }) => {
    if (process.getuid?.() === 0) chownSync(join(folder, a), 0, 0);
    chmodSync(join(folder, a), 0o644);
    const before = readTree(folder);
    await run(...upgrade);
    assert.not.match(readFileSync(join(folder, a), "utf8"), /\/\/ old/);
    await run("undo");
    assert.equal(readTree(folder), before);
  });
});

test("scenario 25 – what cannot be read is named with the right that is missing, and nothing is changed", async () => {
  for (const path of [a, `${layer}/.bento/record.json`]) {
    await withProject(async ({ folder, refused }) => {
      chmodSync(join(folder, path), 0o000);
      await refused(upgrade, cannotRead(join(folder, path), "read"));
      assert.not.ok(existsSync(join(folder, ".bento-txn")));
    });
  }
});

/** Each with what it does where everything is open. */
const commands: readonly (readonly string[])[] = [
  upgrade,
  ["status"],
  ["diff"],
  ["add", "draining"],
  ["remove", "draining"],
  ["undo"],
  ["adopt"],
  ["doctor"],
  ["new", "migration", "add notes"],
  ["--yes", "--no-install"],
];

test("a layer in a folder that may not be entered is not called missing: every command names the folder, the right and the remedy", async () => {
  await withProject(async ({ folder, refused, run }) => {
    for (const path of [layer, `${layer}/.bento`]) {
      const closed = join(folder, path);
      chmodSync(closed, 0o000);
      for (const words of commands) {
        await refused(words, cannotRead(closed, "enter"), closed);
      }
      chmodSync(closed, 0o755);
    }
    await run("status");
  });
});

test("a layer at a place of its own that may not be entered: the folder is named among those not looked into", async () => {
  await withProject(async ({ folder, refused }) => {
    const closed = join(folder, "data");
    renameSync(join(folder, layer), closed);
    chmodSync(closed, 0o000);
    const named = new RegExp(`permission to look is missing: ${closed}\\.`);
    for (const words of [["status"], ["adopt"]]) {
      await refused(words, named, closed);
    }
  });
});

test("a layer that belongs to somebody else names both", async () => {
  if (process.getuid?.() !== 0) return;
  await withProject(async ({ folder, refused }) => {
    const closed = join(folder, layer);
    chownSync(closed, 0, 0);
    chmodSync(closed, 0o700);
    await refused(
      ["status"],
      /mode 700 and belongs to user 0, and you are user \d+\.\n[^\n]*ask its owner/,
    );
  });
});

function cannotRead(place: string, right: "enter" | "read"): RegExp {
  const letter = right === "enter" ? "x" : "r";
  const mode = right === "enter" ? "u\\+rwx" : "u\\+rw";
  return new RegExp(
    `Cannot open \\S+: permission denied\\. The right to ${right} it \\(${letter}\\) is missing: ${place} has mode 000\\.\\nMake it readable for you: chmod ${mode} '${place}', then run`,
  );
}

test.run();
