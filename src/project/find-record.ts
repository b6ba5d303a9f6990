import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { recordFile } from "../record.ts";

/** The folders in which most layers lie. */
const usual = ["infrastructure/database", "src/infrastructure/database"];

const deepest = 6;
const mostFolders = 5000;

/**
 * The layer's folder, relative to the project: the one that holds a record. A renamed or moved layer is found by
 * looking through the project's folders; dependencies, hidden folders and other packages are left out.
 */
export function findLayer(root: string, hint?: string): string | undefined {
  const likely = hint === undefined ? usual : [hint, ...usual];
  return (
    likely.find((path) => existsSync(join(root, path, recordFile))) ??
    searchFolders(root)
  );
}

function searchFolders(root: string): string | undefined {
  const queue = [""];
  for (let count = 0; count < mostFolders; count += 1) {
    const folder = queue.shift();
    if (folder === undefined) return undefined;
    if (folder !== "" && existsSync(join(root, folder, recordFile))) {
      return folder;
    }
    if (folder.split("/").length < deepest) {
      queue.push(...subfolders(root, folder));
    }
  }
  return undefined;
}

function subfolders(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter(({ name }) => !name.startsWith(".") && !skipped.has(name))
      .map(({ name }) => (folder === "" ? name : `${folder}/${name}`))
      .filter((path) => !existsSync(join(root, path, "package.json")));
  } catch {
    return [];
  }
}

const skipped = new Set(["node_modules", "dist", "build", "coverage"]);
