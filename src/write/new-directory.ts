import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WriteChange } from "./change.ts";
import { explainFailure } from "./file-system-error.ts";
import { removeIfEmpty } from "./folders.ts";
import { acquire, release } from "./lock.ts";
import { checkPaths } from "./paths.ts";
import { stagingFolderOf } from "./recover.ts";
import { rename } from "./rename.ts";
import { pause } from "../pause.ts";

/**
 * Makes a folder that is not there yet, complete or not at all: it is filled beside its place and renamed.
 *
 * @throws ToolError with nothing left behind
 */
export async function writeNewDirectory(
  root: string,
  files: readonly WriteChange[],
  signal?: AbortSignal,
): Promise<void> {
  const folder = stagingFolderOf(root);
  let madeParent: string | undefined;
  try {
    checkPaths(root, [...files.map(({ path }) => path)]);
    madeParent = mkdirSync(dirname(root), { recursive: true });
    acquire(folder, () => undefined);
  } catch (error) {
    removeParents(root, madeParent);
    throw explainFailure(error, "Nothing was created.");
  }
  try {
    await fill(join(folder, "tree"), files, signal);
    rename(join(folder, "tree"), root);
  } catch (error) {
    clear(folder);
    removeParents(root, madeParent);
    throw explainFailure(error, "Nothing was created.");
  }
  clear(folder);
}

async function fill(
  tree: string,
  files: readonly WriteChange[],
  signal: AbortSignal | undefined,
): Promise<void> {
  mkdirSync(tree);
  const folders = new Set<string>();
  for (const { path, content, mode = 0o666 } of files) {
    await pause(signal);
    const target = join(tree, path);
    if (!folders.has(dirname(target))) {
      mkdirSync(dirname(target), { recursive: true });
      folders.add(dirname(target));
    }
    writeFileSync(target, content, { mode });
  }
  await pause(signal);
}

/** From the deepest up to the first one that this run made. */
function removeParents(root: string, made: string | undefined): void {
  if (made === undefined) return;
  let parent = dirname(root);
  while (removeIfEmpty(parent) && parent !== made) parent = dirname(parent);
}

/** What cannot be cleared now is cleared by the next run. */
function clear(folder: string): void {
  try {
    release(folder);
  } catch {
    return;
  }
}
