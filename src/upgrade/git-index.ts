import type { UpgradePlan } from "../upgrade.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { git } from "./git.ts";
import { dress } from "./text-dress.ts";

/**
 * Puts base, yours and theirs of each file with markers into git's index, so that editors and `git mergetool` show the
 * conflict. Without git, or for a file that git does not follow, nothing happens.
 */
export function markInIndex({ state, files }: UpgradePlan): void {
  for (const file of files) {
    if (file.conflict === undefined || file.text === undefined) continue;
    const entry = entryOf(state.root, file.from ?? file.path);
    if (entry !== undefined) markFile(state.root, entry, file);
  }
}

/** Tells git that conflicts in these files are resolved; a file that had none in the index stays as it is there. */
export function settleInIndex(root: string, paths: readonly string[]): void {
  const unmerged = unmergedOf(root, paths);
  if (unmerged.length > 0) git(root, ["add", "--force", "--", ...unmerged]);
}

/**
 * Takes conflicts in these files out of the index again, which then has them as they were committed last; one that was
 * never committed stays among those to be committed, as it lies there.
 */
export function clearInIndex(root: string, paths: readonly string[]): void {
  const unmerged = unmergedOf(root, paths);
  const committed = committedOf(root, unmerged);
  const staged = unmerged.filter((path) => !committed.includes(path));
  if (committed.length > 0) git(root, ["reset", "--quiet", "--", ...committed]);
  if (staged.length > 0) git(root, ["add", "--force", "--", ...staged]);
}

/** Those of the paths that the last commit has; none where there is no commit yet. */
function committedOf(
  root: string,
  paths: readonly string[],
): readonly string[] {
  if (paths.length === 0) return [];
  const listed = git(root, ["ls-tree", "--name-only", "-z", "HEAD", ...paths]);
  const names = (listed ?? "").split("\0");
  return paths.filter((path) => names.includes(path));
}

/** Those of the paths that have a conflict in the index. */
function unmergedOf(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const listed = git(root, ["ls-files", "--unmerged", "-z", "--", ...paths]);
  const names = (listed ?? "").split("\0").map((line) => line.split("\t")[1]);
  return paths.filter((path) => names.includes(path));
}

interface Entry {
  readonly mode: string;
  /** The path from the repository's root. */
  readonly name: string;
}

function entryOf(root: string, path: string): Entry | undefined {
  const listed = git(root, [
    "ls-files",
    "--stage",
    "--full-name",
    "-z",
    "--",
    path,
  ]);
  const [, mode, name] =
    /^(\d+) [\da-f]+ 0\t([^\0]+)\0$/.exec(listed ?? "") ?? [];
  return mode === undefined || name === undefined ? undefined : { mode, name };
}

function markFile(
  root: string,
  { mode, name }: Entry,
  { conflict }: FilePlan,
): void {
  if (conflict === undefined) return;
  const { base, yours, theirs } = conflict.sides;
  const stages = [base, yours, theirs].map((text) =>
    text === undefined
      ? undefined
      : git(
          root,
          ["hash-object", "-w", "--stdin"],
          dress(text, conflict.dress),
        )?.trim(),
  );
  const lines = stages.flatMap((hash, index) =>
    hash === undefined ? [] : [`${mode} ${hash} ${index + 1}\t${name}`],
  );
  const remove = `0 ${"0".repeat(40)}\t${name}`;
  git(
    root,
    ["update-index", "--index-info"],
    [remove, ...lines, ""].join("\n"),
  );
}
