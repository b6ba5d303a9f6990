import { chmodSync, lstatSync, mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./change.ts";
import { missing, systemCode } from "./file-system-error.ts";
import type { FolderState, Journal } from "./journal.ts";
import { wayTo } from "./paths.ts";

/** The folders that a transaction makes and those that it may take away. */
export type Folders = Pick<Journal, "made" | "emptied">;

/**
 * The folders that the changes need and those that they may leave empty. What takes `earlier` back removes no folder
 * but those that it made, and makes those that it removed with their permissions.
 */
export function foldersOf(
  root: string,
  changes: readonly Change[],
  earlier?: Folders,
): Folders {
  const parents = (kind: Change["kind"]): string[] =>
    parentsOf(changes.filter((change) => change.kind === kind));
  const modes = new Map(earlier?.emptied.map(({ path, mode }) => [path, mode]));
  const removable = earlier && new Set(earlier.made.map(({ path }) => path));
  return {
    made: parents("write")
      .filter((path) => modeOf(root, path) === undefined)
      .map((path) => ({ path, mode: modes.get(path) })),
    emptied: parents("delete")
      .filter((path) => removable?.has(path) ?? true)
      .map((path) => ({ path, mode: modeOf(root, path) })),
  };
}

/** Makes a folder with the permissions that are usual; its own come last, for they may forbid to write into it. */
export function makeFolder(root: string, { path }: FolderState): void {
  mkdirSync(join(root, path));
}

/** Once every file is in place: permissions for the folders that were made, and an end to those that are empty. */
export function settleFolders(root: string, { made, emptied }: Folders): void {
  for (const { path, mode } of [...made].reverse()) {
    if (mode !== undefined) chmodSync(join(root, path), mode);
  }
  for (const { path } of [...emptied].reverse()) {
    removeIfEmpty(join(root, path));
  }
}

/** Takes away the folders that a transaction made, those with something in them left alone. */
export function unmakeFolders(root: string, { made }: Folders): void {
  for (const { path } of [...made].reverse()) removeIfEmpty(join(root, path));
}

/** Removes a folder unless something is in it; whether it is gone. */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (missing(error)) return true;
    const code = systemCode(error) ?? "";
    if (["ENOTEMPTY", "EEXIST", "EPERM", "EACCES", "EBUSY"].includes(code)) {
      return false;
    }
    throw error;
  }
}

/** Parents first. */
function parentsOf(files: readonly { readonly path: string }[]): string[] {
  const folders = new Set(files.flatMap(({ path }) => wayTo(path)));
  return [...folders].sort((a, b) => a.length - b.length);
}

function modeOf(root: string, folder: string): number | undefined {
  const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
  return stats && stats.mode & 0o7777;
}
