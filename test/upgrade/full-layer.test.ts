/** The whole at once: a full layer with edits by hand, two versions and a changed answer in one run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runTool } from "../support/tool.ts";
import { git, runProgram, withProject } from "../support/fixtures.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
} from "../support/upgrades.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";

const parts = ["sessions", "resilience", "draining", "migrations"] as const;
const before = answersOf({ parts, example: "http" });
const after = answersOf({
  parts: ["sessions", "resilience", "migrations"],
  example: "http",
});
const layer = before.path;
const code = renderProject(after, await loadTemplates())
  .filter(({ path, owner }) => path.startsWith(`${layer}/`) && owner === "tool")
  .filter(({ path }) => path.endsWith(".ts") && !path.includes("/tests/"));

/** The first version said what it is for in other words in each file; the second is left out. */
const older = (word: string) => (text: string) =>
  text.replace(/\/\*\* (?=[A-Z])/, () => `/** ${word}: `);
const first = Object.fromEntries(code.map(({ id }) => [id, older("First")]));

/** What people do to their code, in turns. */
const edits: readonly ((text: string, n: number) => string)[] = [
  (text, n) => `${text}\n/** Mine ${n}. */\nexport const mine${n} = ${n};\n`,
  (text, n) =>
    `import type { Sequelize as Mine${n} } from "sequelize";\n${text}\nexport type Own${n} = Mine${n};\n`,
  (text, n) => `${text.trimEnd()} // Mine ${n}\n`,
];
const edited = code.filter((_, i) => i % 4 === 1).slice(0, 30);

test("a full layer with 30 edits by hand goes over two versions and loses a part in one run, type-checks and passes its tests", async () => {
  await withProject({}, async (folder) => {
    const v1 = editionOf("1.0.0", first);
    writeProject(folder, v1, before);
    assert.is(edited.length, 30);
    const marks = edited.map(({ path }, n) => {
      const original = readFileSync(join(folder, path), "utf8");
      edit(folder, path, (text) => edits[n % edits.length]?.(text, n) ?? text);
      const now = readFileSync(join(folder, path), "utf8");
      assert.is.not(now, original, path);
      const own = now
        .split("\n")
        .filter((line) => /\b(?:Mine|mine|Own) ?\d/.test(line));
      assert.ok(own.length > 0, path);
      return { path, own };
    });
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "edited");
    const plan = await upgradeTo(folder, editionOf("1.2.0"), {
      answers: after,
    });
    const conflicts = plan.files.filter(({ action }) => action === "conflict");
    assert.equal(
      conflicts.map(({ path }) => path),
      [],
    );
    for (const { path, own } of marks) {
      const text = readFileSync(join(folder, path), "utf8");
      for (const line of own)
        assert.ok(text.includes(line), `${path}: ${line}`);
      assert.not.match(text, /\/\*\* First: /, path);
    }
    const removed = git(
      folder,
      "diff",
      "--unified=0",
      "--",
      ...marks.map(({ path }) => path),
    )
      .split("\n")
      .filter((line) => /^-.*\b(?:Mine|mine|Own) ?\d/.test(line));
    assert.equal(removed, []);
    assert.is(plan.types.unchecked, undefined);
    assert.equal(plan.types.news, []);
    assert.is(runProgram(folder, "typescript/bin/tsc", "--noEmit"), undefined);
    const tests = runProgram(
      folder,
      "tsx/dist/cli.mjs",
      join(folder, "node_modules/uvu/bin.js"),
      `${layer}/tests`,
      String.raw`\.test\.ts$`,
    );
    assert.is(tests, undefined);
    const again = await runTool(["upgrade", "--check"], { cwd: folder });
    assert.is(again.code, 1, "the record is of a newer version than the tool");
  });
});

test.run();
