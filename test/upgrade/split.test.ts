/** Scenario 16: the user took a file of the layer apart, and this version changes what went elsewhere. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { captureOutput } from "../support/output.ts";
import { hasPty, Pty } from "../support/pty.ts";
import { readTree, withFolder } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  writeProject,
} from "../support/upgrades.ts";

const folderOfIt = "infrastructure/database/resilience";
const retry = `${folderOfIt}/retry.ts`;
const backoff = `${folderOfIt}/retry-backoff.ts`;
const answers = answersOf({ parts: ["resilience"] });

/** An earlier version, in which two of the functions were a little different. */
const older = editionOf("0.0.1", {
  [retry]: (text) =>
    replaced(
      replaced(text, "options.signal?.aborted !== true &&\n", ""),
      "errors.push(error);\n",
      "errors.push(error); // all of them\n",
    ),
});

interface Split {
  readonly folder: string;
  readonly run: (...words: string[]) => Promise<string>;
}

/** Lends a project of that version whose user moved `waitOrGiveUp` into a file of its own. */
async function withSplit(
  work: (split: Split) => Promise<void>,
  change: (text: string) => string = (text) => text,
): Promise<void> {
  await withFolder(async (folder) => {
    writeProject(folder, older, answers);
    const text = readFileSync(join(folder, retry), "utf8");
    const [moved = ""] =
      /async function waitOrGiveUp[^]*?\n\}\n/.exec(text) ?? [];
    assert.match(moved, /calculateDelay/);
    writeFileSync(join(folder, backoff), `export ${change(moved)}`);
    edit(folder, retry, (whole) => whole.replace(moved, ""));
    await work({
      folder,
      run: async (...words) => {
        const args = ["upgrade", ...words, "--no-install", "--cwd", folder];
        const { result, stdout, stderr } = await captureOutput(() =>
          main(args),
        );
        assert.is(result, 3, stdout + stderr);
        return stdout;
      },
    });
  });
}

test("scenario 16 – the report, the document and the conflict say where a declaration went, and nothing is written", async () => {
  await withSplit(async ({ folder, run }) => {
    const before = readTree(folder);
    const text = await run();
    assert.match(
      text,
      /^ {2}conflict +\S+\/retry\.ts +in 1 place; `waitOrGiveUp` is now in \S+$/m,
    );
    assert.match(
      text,
      /\/retry\.ts, waitOrGiveUp: You removed `waitOrGiveUp`[^\n]*\n {2}`waitOrGiveUp` is now in \S+\.\n {2}yours:/,
    );
    const document = JSON.parse(await run("--json")) as {
      files: { path: string; pieces: unknown[] }[];
    };
    const pieces = document.files.filter((file) => file.pieces.length > 0);
    assert.equal(
      pieces.map((file) => [file.path, file.pieces]),
      [[retry, [{ name: "waitOrGiveUp", path: backoff }]]],
    );
    assert.equal(readTree(folder), before);
  });
});

test("scenario 16 – the moved declaration is known in another style, and a stranger of the same name is not taken for it", async () => {
  const restyled = (text: string): string =>
    text
      .replaceAll(";", "")
      .replaceAll(/^ {2}/gm, "\t")
      .replace("calculateDelay", "delayOf");
  await withSplit(async ({ run }) => {
    assert.match(await run(), /`waitOrGiveUp` is now in/);
  }, restyled);
  const stranger = (): string =>
    "function waitOrGiveUp(): string {\n  return 'other';\n}\n";
  await withSplit(async ({ run }) => {
    assert.not.match(await run(), /is now in/);
  }, stranger);
});

test("scenario 16 – a file that is gone as a whole names the new places of its declarations too", async () => {
  await withSplit(async ({ folder }) => {
    rmSync(join(folder, retry));
    const args = ["upgrade", "--no-install", "--cwd", folder];
    const { result, stdout } = await captureOutput(() => main(args));
    assert.is(result, 0, stdout);
    assert.match(
      stdout,
      /retry\.ts +you removed it; this version changes it[^\n]*; `waitOrGiveUp` is now in/,
    );
  });
});

function terminal(name: string, work: () => Promise<void>): void {
  if (hasPty()) test(name, work);
  else test.skip(name, work);
}

terminal(
  "scenario 16 – the question in the terminal says it as well",
  async () => {
    await withSplit(async ({ folder }) => {
      const pty = new Pty(["upgrade", "--no-install"], { cwd: folder });
      await pty.see("`waitOrGiveUp` is now in");
      await pty.see("What shall it be?");
      pty.type("\u0003");
      assert.is(await pty.end(), 130, pty.output);
    });
  },
);

/** The text with one part changed; the part has to be there. */
function replaced(text: string, part: string, by: string): string {
  assert.ok(text.includes(part), part);
  return text.replace(part, by);
}

test.run();
