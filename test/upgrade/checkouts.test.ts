/** Scenario 75: whatever kind of checkout the project is in, an upgrade finds its files, and git's index what is open. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { locateLayer } from "../../src/project/open-layer.ts";
import { planUndo, undo } from "../../src/undo.ts";
import { markInIndex } from "../../src/upgrade/git-index.ts";
import { git } from "../support/fixtures.ts";
import { readTree, withFolder } from "../support/trees.ts";
import {
  answersOf,
  editionOf,
  upgradeTo,
  writeProject,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
const clash = `${layer}/logger.ts`;
const plain = `${layer}/errors.ts`;
const one = "export const level = 1;\n";
const two = "export const level = 2;\n";
const mine = "export const level = 3;\n";
const v1 = editionOf("1.0.0", { [clash]: one, [plain]: one });
const v2 = editionOf("1.1.0", { [clash]: two, [plain]: two });

/** Makes a checkout beside a repository with a project in it; its folder. */
type Checkout = (repository: string, folder: string) => string;

const checkouts: Readonly<Record<string, Checkout>> = {
  "a detached head": (repository) => {
    git(repository, "checkout", "--quiet", "--detach");
    return repository;
  },
  "a worktree": (repository, folder) => {
    const tree = join(folder, "tree");
    git(repository, "worktree", "add", "--quiet", tree);
    return tree;
  },
  "a submodule": (repository, folder) => {
    const outer = join(folder, "outer");
    mkdirSync(outer);
    git(outer, "init", "--quiet");
    const local = ["-c", "protocol.file.allow=always"];
    git(outer, ...local, "submodule", "--quiet", "add", repository, "inner");
    return join(outer, "inner");
  },
  "a sparse checkout": (repository, folder) => {
    const sparse = join(folder, "sparse");
    git(folder, "clone", "--quiet", "--no-checkout", repository, sparse);
    git(sparse, "sparse-checkout", "set", "--no-cone", "/*", `!/${plain}`);
    git(sparse, "checkout", "--quiet");
    assert.not.ok(existsSync(join(sparse, plain)));
    return sparse;
  },
  "a shallow clone": (repository, folder) => {
    const shallow = join(folder, "shallow");
    git(
      folder,
      "clone",
      "--quiet",
      "--depth=1",
      `file://${repository}`,
      shallow,
    );
    return shallow;
  },
};

for (const [name, checkout] of Object.entries(checkouts)) {
  test(`scenario 75 – ${name}: merged, conflicts in its index, and taken back`, async () => {
    await withFolder(async (folder) => {
      const repository = join(folder, "project");
      mkdirSync(repository);
      writeProject(repository, v1, answersOf());
      git(repository, "init", "--quiet");
      git(repository, "add", "--all");
      git(repository, "commit", "--quiet", "--message", "one");
      const project = checkout(repository, folder);
      const at = (path: string): string =>
        readFileSync(join(project, path), "utf8");
      const isThere = existsSync(join(project, plain));
      writeFileSync(join(project, clash), mine);
      const before = readTree(join(project, "infrastructure"));

      markInIndex(await upgradeTo(project, v2, { conflicts: "markers" }));
      assert.match(at(clash), /^<{7} yours$/m);
      assert.is(git(project, "show", `:3:${clash}`), two);
      assert.is(existsSync(join(project, plain)), isThere);
      if (isThere) assert.is(at(plain), two);
      const status = git(project, "status", "--porcelain");
      assert.match(status, new RegExp(`^UU ${clash}$`, "m"));
      assert.not.match(status, /undo|\.bento-txn/);
      assert.not.match(status, /^.?D/m);

      await undo(planUndo(locateLayer(project)), new AbortController().signal);
      assert.equal(readTree(join(project, "infrastructure")), before);
      assert.is(git(project, "ls-files", "--unmerged"), "");
    });
  });
}

test.run();
