/** Whatever a change did, and whatever was edited since: undo restores the rest, byte for byte and bit for bit. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOf, type Change } from "../../src/write/change.ts";
import { inverseOf, readKept } from "../../src/write/inverse.ts";
import { applyChanges } from "../../src/write/transaction.ts";
import { announcedSeed } from "../support/random.ts";
import { readTree, withFolder, writeTree } from "../support/trees.ts";

const seed = announcedSeed();
const keep = "layer/.bento/undo";

/** What a file is before, what the change makes of it, and what the user makes of it afterwards. */
interface FileStory {
  readonly before: string | undefined;
  readonly mode: number;
  /** Null deletes; undefined leaves it alone. */
  readonly change: string | null | undefined;
  readonly newMode: number | undefined;
  /** Undefined where the user does nothing. */
  readonly later: string | undefined;
}

const text = fc.string({ unit: "binary", maxLength: 40 });
const mode = fc.constantFrom(0o644, 0o600, 0o640, 0o755, 0o444);

const story: fc.Arbitrary<FileStory> = fc.record({
  before: fc.option(text, { nil: undefined }),
  mode,
  change: fc.oneof(text, fc.constant(null), fc.constant(undefined)),
  newMode: fc.option(mode, { nil: undefined }),
  later: fc.option(text, { nil: undefined, freq: 5 }),
});

/** Names that never meet as a file and a folder: only folders are called a, b or c. */
const path = fc
  .tuple(
    fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 }),
    fc.constantFrom("one.ts", "two.ts", "three.json", ".env", "four"),
  )
  .map(([folders, name]) => [...folders, name].join("/"));

const stories = fc.dictionary(path, story, { maxKeys: 12 });

/** Permissions of folders that are there before, with files or without. */
const folders = fc.dictionary(
  fc
    .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
    .map((names) => names.join("/")),
  fc.constantFrom(0o755, 0o700, 0o750, 0o2770),
  { maxKeys: 4 },
);

function changesOf(all: readonly [string, FileStory][]): Change[] {
  return all.flatMap(([name, { before, change, newMode }]): Change[] => {
    if (change === undefined) return [];
    if (change !== null) {
      const expected = before === undefined ? null : hashOf(before);
      const bits = newMode === undefined ? {} : { mode: newMode };
      return [
        { kind: "write", path: name, content: change, expected, ...bits },
      ];
    }
    if (before === undefined) return [];
    return [{ kind: "delete", path: name, expected: hashOf(before) }];
  });
}

function prepare(
  folder: string,
  all: readonly [string, FileStory][],
): readonly Change[] {
  for (const [name, { before, mode: bits }] of all) {
    if (before === undefined) continue;
    writeTree(folder, { [name]: before });
    chmodSync(join(folder, name), bits);
  }
  return changesOf(all);
}

async function undoIn(folder: string): Promise<readonly string[]> {
  const journal = readKept(folder, keep);
  if (journal === undefined) throw new Error("Nothing was kept.");
  const { changes, edited } = inverseOf(folder, keep, journal);
  await applyChanges(folder, changes, { takesBack: journal });
  rmSync(join(folder, "layer"), { recursive: true });
  return edited.map(({ path: name }) => name);
}

test("undo – after any change every byte, folder and permission bit is as before", async () => {
  await fc.assert(
    fc.asyncProperty(stories, folders, async (dictionary, modes) => {
      await withFolder(async (folder) => {
        const changes = prepare(folder, Object.entries(dictionary));
        for (const [name, bits] of Object.entries(modes)) {
          mkdirSync(join(folder, name), { recursive: true });
          chmodSync(join(folder, name), bits);
        }
        const before = readTree(folder);
        await applyChanges(folder, changes, { keep });
        assert.equal(await undoIn(folder), []);
        assert.equal(readTree(folder), before);
      });
    }),
    { seed, numRuns: 100 },
  );
});

test("undo – what was edited since stays, all else is as before", async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (dictionary) => {
      await withFolder(async (folder) => {
        const all = Object.entries(dictionary);
        const changes = prepare(folder, all);
        const before = filesOf(folder);
        await applyChanges(folder, changes, { keep });
        const edited = new Map<string, string>();
        for (const [name, { later }] of all) {
          const file = join(folder, name);
          if (later === undefined || !existsSync(dirname(file))) continue;
          if (existsSync(file)) chmodSync(file, 0o600);
          writeFileSync(file, later);
          edited.set(name, later);
        }
        const left = await undoIn(folder);
        const now = filesOf(folder);
        for (const [name, content] of edited) {
          // What the user wrote is there, unless it is what the change had left, or what was there before.
          const { change, before: old } = dictionary[name] ?? {};
          const same = content === change || content === old;
          if (!same) assert.is(bytesOf(now[name]), latin(content), name);
          if (change === undefined) assert.not(left.includes(name), name);
        }
        for (const name of new Set([
          ...Object.keys(before),
          ...Object.keys(now),
        ])) {
          if (!edited.has(name)) assert.is(now[name], before[name], name);
        }
      });
    }),
    { seed, numRuns: 100 },
  );
});

function filesOf(folder: string): Record<string, string> {
  const entries = Object.entries(readTree(folder));
  return Object.fromEntries(
    entries.filter(
      ([name]) => !name.endsWith("/") && !name.startsWith("layer/"),
    ),
  );
}

function bytesOf(entry: string | undefined): string | undefined {
  return entry?.slice(entry.indexOf(" ") + 1);
}

function latin(content: string): string {
  return Buffer.from(content).toString("latin1");
}

test.run();
