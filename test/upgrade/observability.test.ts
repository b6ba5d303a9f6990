/** A part that comes later: layers of older versions do not notice it, and may add and remove it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runProgram, withProject } from "../support/fixtures.ts";
import { releases, releaseTree } from "../support/releases.ts";
import { runTool } from "../support/tool.ts";
import { readTree } from "../support/trees.ts";

const layer = "infrastructure/database";

/** The project without the record, which knows when it was written. */
function files(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(readTree(folder)).filter(
      ([path]) => !/(^|\/)(\.bento|\.git|node_modules)\//.test(path),
    ),
  );
}

async function run(folder: string, ...words: string[]): Promise<void> {
  const { code, stdout, stderr } = await runTool([...words, "--no-install"], {
    cwd: folder,
  });
  assert.is(code, 0, `${words.join(" ")}\n${stdout}${stderr}`);
}

for (const version of releases) {
  test(`observability – a layer of ${version} is upgraded without it, adds it, and removes it without a trace`, () =>
    withProject(releaseTree(version), async (folder) => {
      await run(folder, "upgrade");
      const upgraded = files(folder);
      assert.not(existsSync(join(folder, layer, "observability")));
      for (const [path, text] of Object.entries(upgraded))
        assert.not.match(text, /observab|PrometheusMeter/i, path);
      await run(folder, "add", "observability");
      const wrong = runProgram(folder, "typescript/bin/tsc", "--noEmit");
      assert.is(wrong, undefined);
      const tests = runProgram(
        folder,
        "tsx/dist/cli.mjs",
        join(folder, "node_modules/uvu/bin.js"),
        `${layer}/tests`,
        String.raw`observability.*\.test\.ts$`,
      );
      assert.is(tests, undefined);
      await run(folder, "remove", "observability");
      assert.equal(files(folder), upgraded);
    }));
}

test.run();
