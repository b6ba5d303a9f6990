/** The whole at once: a full layer with edits by hand, over all releases and a changed answer in one run. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { thisEdition } from "../../src/upgrade/edition.ts";
import { conflictsIn } from "../../src/upgrade/plan-outcome.ts";
import { git, runProgram, withProject } from "../support/fixtures.ts";
import {
  clashingEdit,
  handEdits,
  makeEdits,
  missingLines,
  moveConfiguration,
} from "../support/hand-edits.ts";
import { releases, releaseTree } from "../support/releases.ts";
import { edit } from "../support/trees.ts";
import { answersOf, upgradeTo } from "../support/upgrades.ts";

const before = answersOf({
  databases: ["sqlite", "postgres"],
  parts: ["sessions", "resilience", "draining", "migrations"],
  example: "http",
});
const after = answersOf({
  ...before,
  parts: ["sessions", "resilience", "migrations"],
});
const layer = before.path;
const moved = `${layer}/config/names/nearest-name.ts`;
const deleted = `${layer}/tests/sqlite-config.test.ts`;
const onWindows = `${layer}/session/write-objects.ts`;
const importers = ["url-parameters", "text-kinds", "sources", "connection-url"];

test("a full layer with 30 edits by hand goes over three versions and loses a part in one run, type-checks and passes its tests", async () => {
  const [oldest = "", ...later] = releases;
  assert.ok(later.length >= 2, "the releases between");
  assert.ok(handEdits.length >= 30);
  await withProject(releaseTree(oldest, before), async (folder) => {
    const at = (path: string): string =>
      readFileSync(join(folder, path), "utf8");
    makeEdits(folder, [...handEdits, clashingEdit]);
    moveConfiguration(
      folder,
      "nearest-name.ts",
      "names/nearest-name.ts",
      importers.map((name) => `${name}.ts`),
    );
    rmSync(join(folder, deleted));
    edit(folder, onWindows, (text) => text.replaceAll("\n", "\r\n"));
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "edited");

    const plan = await upgradeTo(folder, await thisEdition(), {
      answers: after,
      ask: () => Promise.resolve((_file, { theirs }) => theirs),
    });
    const asked = conflictsIn(plan.planned);
    assert.equal(
      asked.map(({ file, conflict }) => `${file.path} ${conflict.name}`),
      [`${clashingEdit.path} withoutParameters`],
    );
    assert.is(plan.types.unchecked, undefined);
    assert.equal(plan.types.news, []);

    assert.equal(missingLines(folder, handEdits), []);
    assert.match(at(moved), /export function nearestName/);
    assert.throws(() => at(deleted), /ENOENT/);
    assert.not.match(at(onWindows), /[^\r]\n/);
    const removed = git(folder, "diff", "--unified=0")
      .split("\n")
      .filter((line) => /^-[^-]/.test(line))
      .map((line) => line.slice(1).trim());
    const own = handEdits.flatMap(({ find, put }) =>
      put
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.length > 3 && !find.includes(line)),
    );
    assert.equal(
      own.filter((line) => removed.includes(line)),
      [],
      "git diff shows no line of the user's taken out",
    );

    assert.is(runProgram(folder, "typescript/bin/tsc", "--noEmit"), undefined);
    const tests = runProgram(
      folder,
      "tsx/dist/cli.mjs",
      join(folder, "node_modules/uvu/bin.js"),
      `${layer}/tests`,
      String.raw`\.test\.ts$`,
    );
    assert.is(tests, undefined);
    const again = await upgradeTo(folder, await thisEdition());
    assert.equal(again.changes, [], "a second run changes nothing");
  });
});

test.run();
