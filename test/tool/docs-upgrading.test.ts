/** Follows docs/upgrading.md from top to bottom, in a project of an earlier version, as a reader would. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readBlocks } from "../support/doc-blocks.ts";
import { newDocFolder } from "../support/doc-reader.ts";
import { git } from "../support/fixtures.ts";
import { releaseTree } from "../support/releases.ts";
import { plainEnvironment, runTool } from "../support/tool.ts";
import { writeTree } from "../support/trees.ts";

const root = join(import.meta.dirname, "../..");
const sqlite = "infrastructure/database/engines/sqlite.ts";

/** What the reader has done before a section begins. */
const preparations: Readonly<Record<string, (folder: string) => void>> = {
  "A conflict": (folder) => {
    const file = join(folder, sqlite);
    const text = readFileSync(file, "utf8");
    const mine = text.replace(
      '!this.#inMemory && { journal_mode: "WAL" }',
      'this.#config.poolSize > 1 && { journal_mode: "WAL" }',
    );
    assert.is.not(mine, text);
    writeFileSync(file, mine);
  },
  "Change the answers later": (folder) => {
    git(folder, "reset", "--quiet", "--hard");
  },
};

async function type(folder: string, line: string): Promise<void> {
  const [, command = "", code = "0"] =
    /^(.*?)(?:\s+# ends with (\d))?$/.exec(line) ?? [];
  const [, words] =
    /^npx create-bento-db(?:@latest)? (.*)$/.exec(command) ?? [];
  if (words !== undefined) {
    const run = await runTool(words.split(" "), { cwd: folder });
    assert.is(run.code, Number(code), `${line}\n${run.stdout}${run.stderr}`);
    return;
  }
  const { status, stderr } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    env: plainEnvironment(),
    encoding: "utf8",
  });
  assert.is(status, Number(code), `${line}\n${stderr}`);
}

/** The sections by their headings of the second level, in order. */
function sectionsOf(markdown: string): (readonly [string, string])[] {
  return markdown.split(/^## /m).map((text) => {
    const [heading = ""] = text.split("\n", 1);
    return [heading, text] as const;
  });
}

test("upgrading – every command does what the page says, in this order", async () => {
  const folder = newDocFolder();
  try {
    writeTree(folder, releaseTree("0.1.0-alpha.2"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "before");
    // A merge tool that needs no person.
    git(folder, "config", "merge.tool", "mine");
    git(folder, "config", "mergetool.mine.cmd", 'cp "$LOCAL" "$MERGED"');
    git(folder, "config", "mergetool.mine.trustExitCode", "true");
    git(folder, "config", "mergetool.keepBackup", "false");
    const page = readFileSync(join(root, "docs/upgrading.md"), "utf8");
    for (const [heading, section] of sectionsOf(page)) {
      preparations[heading]?.(folder);
      for (const { language, code } of readBlocks(section)) {
        if (language === "text") showsMarkers(folder, code);
        if (language !== "sh") continue;
        for (const line of code.trim().split("\n")) await type(folder, line);
      }
    }
    const left = git(folder, "status", "--porcelain").trim().split("\n");
    assert.ok(
      left.every((line) => line.includes("/.bento/")),
      left.join("\n"),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** The marker lines of the page are those of the file, but for the versions. */
function showsMarkers(folder: string, block: string): void {
  const markers = (text: string): string[] =>
    (text.match(/^(?:<{7}|\|{7}|={7}|>{7}).*$/gm) ?? []).map((line) =>
      line.replace(/ \d.*$/, ""),
    );
  const written = markers(readFileSync(join(folder, sqlite), "utf8"));
  assert.equal(written, markers(block));
  assert.is(written.length, 4);
}

test.run();
