/**
 * Random trees, random edits of the user's and random new versions. Whatever meets whatever: nothing of the user's is
 * lost outside conflict markers, a second run changes nothing, and undo puts every byte and permission bit back.
 */
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openLayer } from "../../src/project/open-layer.ts";
import type { RenderedFile } from "../../src/render.ts";
import { planUndo, undo } from "../../src/undo.ts";
import type { Edition } from "../../src/upgrade/edition.ts";
import { announcedSeed } from "../support/random.ts";
import {
  type FileStory,
  names,
  stories,
  textOf,
  written,
} from "../support/tree-stories.ts";
import { readTree, type Tree, withFolder } from "../support/trees.ts";
import { answersOf, upgradeTo, writeProject } from "../support/upgrades.ts";

const seed = announcedSeed();
/** Whole trees on the disk, as many as fit; `random-plans.test.ts` plans ten thousand. */
const budgetMs = 20_000;
const mostRuns = 10_000;

const layer = "infrastructure/database";
const answers = answersOf();

/** Files of the user's: anywhere, of any bytes, or in the place of a file that the newer version brings. */
const ownFiles = fc.dictionary(
  fc.constantFrom(
    "README.txt",
    "src/own.ts",
    `${layer}/own.bin`,
    `${layer}/deep/own.ts`,
  ),
  fc.uint8Array({ maxLength: 60 }),
);

/** A version that emits these files and nothing else. */
function edition(version: string, texts: Tree): Edition {
  const files = Object.entries(texts).map(([name, text]): RenderedFile => {
    const path = `${layer}/${name}`;
    return { id: path, path, text, owner: "tool", merge: "text" };
  });
  return {
    version,
    templates: new Map(names.map((name) => [`${layer}/${name}`, []])),
    render: () => files,
    renames: {},
  };
}

function texts(
  all: readonly FileStory[],
  has: (file: FileStory) => boolean,
  deeds: (file: FileStory) => readonly string[],
): Tree {
  return Object.fromEntries(
    all.flatMap((file, index) => {
      const name = names[index] ?? "";
      return has(file) ? [[name, textOf(name, deeds(file), "theirs")]] : [];
    }),
  );
}

/** Makes the user's edits. */
function work(folder: string, all: readonly FileStory[]): void {
  for (const [index, file] of all.entries()) {
    if (!file.old) continue;
    const name = names[index] ?? "";
    const place = join(folder, layer, name);
    const text = textOf(name, file.yours, "yours");
    writeFileSync(place, file.crlf ? text.replaceAll("\n", "\r\n") : text);
    if (file.mode !== undefined) chmodSync(place, file.mode);
    if (file.fate === "deleted") rmSync(place);
    if (file.fate === "renamed")
      renameSync(place, place.replace(/(\w)\.ts$/, "$1-mine.ts"));
    if (file.fate === "moved") {
      const target = join(folder, layer, "mine", name);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(place, target);
    }
  }
}

const counted = { runs: 0, clean: 0, conflicted: 0, kept: 0 };

async function prove(
  all: readonly FileStory[],
  own: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  await withFolder(async (folder) => {
    const nothing = (file: FileStory): readonly string[] =>
      file.theirs.map(() => "none");
    const v1 = edition(
      "1.0.0",
      texts(all, (file) => file.old, nothing),
    );
    const v2 = edition(
      "1.1.0",
      texts(
        all,
        (file) => file.now,
        (file) => file.theirs,
      ),
    );
    writeProject(folder, v1, answers);
    work(folder, all);
    for (const [path, bytes] of Object.entries(own)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const before = readTree(folder);
    const plan = await upgradeTo(folder, v2, { conflicts: "markers" });
    const after = readTree(folder);
    for (const path of Object.keys(own))
      assert.is(after[path], before[path], path);
    const now = written(after);
    for (const [text, times] of written(before)) {
      assert.ok((now.get(text) ?? 0) >= times, `lost: ${text}`);
      counted.kept += times;
    }
    await again(folder, v2);
    assert.equal(readTree(folder), after, "a second run changes nothing");
    const conflicted = plan.files.some(
      ({ conflict }) => conflict !== undefined,
    );
    counted.runs += 1;
    counted[conflicted ? "conflicted" : "clean"] += 1;
    if (plan.changes.length === 0) return;
    await undo(planUndo(openLayer(folder)), new AbortController().signal);
    assert.equal(readTree(folder), before, "undo");
  });
}

/** Runs the upgrade once more; where a conflict is left, it says so. */
async function again(folder: string, now: Edition): Promise<void> {
  try {
    const { changes } = await upgradeTo(folder, now, { conflicts: "markers" });
    assert.equal(changes, []);
  } catch (error) {
    assert.match(String(error), /not resolved yet/);
  }
}

test("random trees – nothing of the user's is lost, a second run changes nothing, undo restores all", async () => {
  await fc.assert(fc.asyncProperty(stories, ownFiles, prove), {
    seed,
    numRuns: mostRuns,
    interruptAfterTimeLimit: budgetMs,
    includeErrorInReport: true,
  });
  console.log(`seed: ${seed}; ${JSON.stringify(counted)}`);
  assert.ok(counted.clean > 0 && counted.conflicted > 0 && counted.kept > 0);
});

test.run();
