/** Files that are merged by what they mean: the user's order, layout and choices stay. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Answers } from "../../src/answers.ts";
import { withFolder } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
  type Texts,
} from "../support/upgrades.ts";

interface Case {
  readonly path: string;
  readonly answers?: Partial<Answers>;
  /** The user's hand. */
  readonly mine: (text: string) => string;
  /** What the next version emits; the same where only answers change. */
  readonly theirs?: (text: string) => string;
  readonly next?: Partial<Answers>;
}

/** The file after the upgrade, as the user had it, and what was said about it. */
async function merged({
  path,
  answers = {},
  mine,
  theirs,
  next = answers,
}: Case): Promise<{ text: string; yours: string; note: string }> {
  let result = { text: "", yours: "", note: "" };
  await withFolder(async (folder) => {
    const at = (): string => readFileSync(join(folder, path), "utf8");
    writeProject(folder, editionOf("1.0.0"), answersOf(answers));
    edit(folder, path, mine);
    const yours = at();
    const texts: Texts = theirs === undefined ? {} : { [path]: theirs };
    const edition = editionOf("1.1.0", texts);
    const done = await upgradeTo(folder, edition, { answers: answersOf(next) });
    assert.is(done.open, false);
    result = { text: at(), yours, note: done.file(path).note };
    await upgradeTo(folder, edition);
    assert.is(at(), result.text, "a second run changes nothing");
  });
  return result;
}

const migrations = { parts: ["migrations"] as const };

test("package.json – a version that the user raised stays when its part goes, and is named", async () => {
  const { text, note } = await merged({
    path: "package.json",
    answers: migrations,
    mine: (json) => json.replace(/"umzug": "[^"]*"/, '"umzug": "^99.0.0"'),
    next: {},
  });
  assert.match(text, /"umzug": "\^99\.0\.0"/);
  assert.match(note, /umzug stays/);
  assert.not.match(text, /db:migrate/);
});

test("package.json – order, indentation and line endings are the user's, and only the layer's lines change", async () => {
  const { text, yours } = await merged({
    path: "package.json",
    mine: (json) => {
      const { name, ...rest } = JSON.parse(json) as Record<string, unknown>;
      const value = { ...rest, jest: { bail: [1] }, name };
      return JSON.stringify(value, null, "\t").replaceAll("\n", "\r\n");
    },
    next: migrations,
  });
  assert.match(text, /\r\n\t\t"umzug": /);
  assert.not.match(text, /[^\r]\n/);
  const added = /"(umzug|db:\w+)": /;
  const rest = text.split("\r\n").filter((line) => !added.test(line));
  assert.equal(rest.map(bare), yours.split("\r\n").map(bare));
});

const bare = (line: string): string => line.replace(/,$/, "");

test("tsconfig.json – comments, order and the user's values stay when an option of the layer's changes", async () => {
  const { text, yours } = await merged({
    path: "tsconfig.json",
    answers: { module: "esm" },
    mine: (json) =>
      json
        .replace("{\n", "{\n  // the team's own\n")
        .replace(
          '"strict": true',
          '"strict": true, // never off\n    "outDir": "out"',
        ),
    next: { example: "nest", module: "esm" },
  });
  assert.match(text, /\/\/ the team's own\n/);
  assert.match(text, /"strict": true, \/\/ never off\n {4}"outDir": "out"/);
  assert.match(text, /"experimentalDecorators": true/);
  const present = new Set(text.split("\n").map(bare));
  const gone = yours.split("\n").filter((line) => !present.has(bare(line)));
  // The folders are a list of the layer's, which takes in that of the example.
  assert.equal(gone, ['  "include": ["infrastructure"]']);
  assert.match(text, /"include": \["infrastructure", "src"\]/);
});

test(".env.example – the user's own lines, comments behind values and order stay; what goes is the layer's only", async () => {
  const { text } = await merged({
    path: ".env.example",
    answers: { databases: ["sqlite", "postgres"] },
    mine: (lines) =>
      `PORT=3000 # behind the proxy\n\n${lines}\n# ours\nSENTRY_DSN=\n`,
    next: {},
  });
  assert.match(text, /^PORT=3000 # behind the proxy\n\n/);
  assert.match(text, /\n# ours\nSENTRY_DSN=\n$/);
  assert.not.match(text, /postgres:\/\//);
  assert.match(text, /sqlite:/);
});

test(".gitignore – the user's lines stay where they are, a new one of the layer's comes once", async () => {
  const { text, yours } = await merged({
    path: ".gitignore",
    mine: (lines) => `secret\n${lines}*.local\n/cache\n`,
    theirs: (lines) => `${lines}cache/\n*.db-journal\n`,
  });
  assert.equal(
    text.split("\n").filter((line) => line.includes("cache")),
    ["/cache"],
  );
  assert.match(text, /\*\.db-journal/);
  assert.match(text, /^secret\n/);
  for (const line of yours.split("\n"))
    assert.ok(text.split("\n").includes(line));
});

test("pnpm-workspace.yaml – what the user lists and refuses stays when a database brings its permission", async () => {
  const { text } = await merged({
    path: "pnpm-workspace.yaml",
    answers: { packageManager: "pnpm", databases: ["postgres"] },
    mine: (yaml) => `${yaml}  sharp: false\n\npackages:\n  - apps/*\n`,
    next: { packageManager: "pnpm", databases: ["sqlite", "postgres"] },
  });
  assert.is(
    text,
    "allowBuilds:\n  esbuild: true\n  sharp: false\n  sqlite3: true\n\npackages:\n  - apps/*\n",
  );
});

test.run();
