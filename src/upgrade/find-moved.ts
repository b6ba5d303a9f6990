import { existsSync, readdirSync, type Dirent } from "node:fs";
import { basename, extname, join } from "node:path";
import { skipped } from "../project/find-record.ts";
import type { RecordedFile } from "../record.ts";
import { mayMove } from "../record/recorded-files.ts";
import { readFileOnDisk } from "./file-on-disk.ts";
import { similarEnough, similarity } from "./plan-similarity.ts";

/** A recorded file that is not at its place, with its pristine text. */
export interface Missing {
  readonly file: RecordedFile;
  readonly base: string;
}

const mostFiles = 20_000;
const largest = 500_000;

/**
 * Where the user moved or renamed missing files to, by id: the most similar file of the same ending that the record
 * does not know, from 60 % on; of equals, the one with the same name.
 */
export function findMoved(
  root: string,
  gone: readonly Missing[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const missing = gone.filter(({ file }) => mayMove(file.id));
  if (missing.length === 0) return new Map();
  const endings = new Set(missing.map(({ file }) => extname(file.path)));
  const candidates = listFiles(root)
    .filter((path) => endings.has(extname(path)) && !known.has(path))
    .flatMap((path) => {
      const disk = readFileOnDisk(root, path);
      const usable = disk.kind === "text" && disk.text.length < largest;
      return usable ? [{ path, text: disk.text }] : [];
    });
  const pairs = missing.flatMap(({ file, base }) =>
    candidates
      .filter(({ path }) => extname(path) === extname(file.path))
      .map(({ path, text }) => ({
        id: file.id,
        path,
        share: similarity(base, text),
        sameName: basename(path) === basename(file.path) ? 1 : 0,
      })),
  );
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const best = pairs
    .filter(({ share }) => share >= similarEnough)
    .sort((a, b) => b.share - a.share || b.sameName - a.sameName);
  for (const { id, path } of best) {
    if (found.has(id) || taken.has(path)) continue;
    found.set(id, path);
    taken.add(path);
  }
  return found;
}

/** The project's own files: no dependencies, no hidden folders, no other package, nothing behind a link. */
export function listFiles(root: string): string[] {
  const files: string[] = [];
  const queue = [""];
  for (
    let folder = queue.shift();
    folder !== undefined;
    folder = queue.shift()
  ) {
    for (const entry of readFolder(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      if (files.length >= mostFiles) return files;
      const closed = entry.name.startsWith(".") || skipped.has(entry.name);
      if (!entry.isDirectory() || closed) continue;
      if (!existsSync(join(root, path, "package.json"))) queue.push(path);
    }
  }
  return files;
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
