import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { recordFile } from "../record.ts";
import { isDenied } from "../write/file-system-error.ts";

/** The folders in which most layers lie. */
const usual = ["infrastructure/database", "src/infrastructure/database"];

const deepest = 6;
const mostFolders = 5000;

/**
 * The layer's folder, relative to the project: the one that holds a record. A renamed or moved layer is found by
 * looking through the project's folders; dependencies, hidden folders and other packages are left out.
 *
 * @throws the system's error where the likely folder is there and may not be entered
 */
export function findLayer(root: string, hint?: string): string | undefined {
  const likely = hint === undefined ? usual : [hint, ...usual];
  const found = likely.find((path) => holdsRecord(root, path));
  if (found !== undefined) return found;
  for (const { path, closed } of foldersOf(root)) {
    if (!closed && path !== "" && holdsRecord(root, path)) return path;
  }
  return undefined;
}

/** Folders of the project into which permission to look is missing: a layer could be there. */
export function closedFolders(root: string): string[] {
  return [...foldersOf(root)]
    .filter(({ closed }) => closed)
    .map(({ path }) => join(root, path));
}

/** A sentence about them, with a space before it; nothing where all are open. */
export function closedNote(folders: readonly string[]): string {
  if (folders.length === 0) return "";
  const shown = folders.slice(0, 5).join(", ");
  return ` It may be where permission to look is missing: ${shown}${folders.length > 5 ? ", …" : ""}.`;
}

function holdsRecord(root: string, folder: string): boolean {
  try {
    statSync(join(root, folder, recordFile));
    return true;
  } catch (error) {
    if (isDenied(error)) throw error;
    return false;
  }
}

interface Folder {
  readonly path: string;
  readonly closed: boolean;
}

function* foldersOf(root: string): Generator<Folder> {
  const queue = [""];
  for (let count = 0; count < mostFolders; count += 1) {
    const path = queue.shift();
    if (path === undefined) return;
    const inside = subfolders(root, path);
    yield { path, closed: inside === undefined };
    if (path.split("/").length < deepest) queue.push(...(inside ?? []));
  }
}

/** Undefined where permission to look is missing. */
function subfolders(root: string, folder: string): string[] | undefined {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter(({ name }) => !name.startsWith(".") && !skipped.has(name))
      .map(({ name }) => (folder === "" ? name : `${folder}/${name}`))
      .filter((path) => !existsSync(join(root, path, "package.json")));
  } catch (error) {
    return isDenied(error) ? undefined : [];
  }
}

/** Folders that hold nothing of the project's own. */
export const skipped: ReadonlySet<string> = new Set([
  "node_modules",
  "dist",
  "build",
  "coverage",
]);
