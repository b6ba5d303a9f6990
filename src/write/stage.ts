import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ToolError } from "../errors.ts";
import { hashOf, type Change } from "./change.ts";
import {
  journalFile,
  stateOf,
  type FileState,
  type Journal,
  type Step,
} from "./journal.ts";
import { rename } from "./rename.ts";

/**
 * What is forced to the disk before the project changes: everything, or only what takes the place of a file, where the same
 * command would bring new files again.
 */
export type Durability = "replaced" | "all";

/**
 * Compares every target with what the change expects.
 *
 * @throws ToolError `changed-meanwhile`, naming all that differ
 */
export function checkExpected(root: string, changes: readonly Change[]): void {
  const drifted = changes.filter(
    ({ path, expected }) =>
      (stateOf(join(root, path))?.hash ?? null) !== expected,
  );
  if (drifted.length === 0) return;
  throw new ToolError({
    code: "changed-meanwhile",
    message: `Changed while the command was at work: ${drifted.map(({ path }) => path).join(", ")}. Nothing was changed.`,
    remedy: "Run the command again.",
  });
}

/** Puts the new bytes of one change, and a way back to the old ones, into the transaction's folder. */
export function stageChange(
  root: string,
  folder: string,
  change: Change,
  index: number,
): Step {
  const target = join(root, change.path);
  const before = stateOf(target);
  if (before !== null) keepOld(target, join(folder, "old", String(index)));
  if (change.kind === "delete") {
    return { path: change.path, before, after: null };
  }
  const staged = stagedFile(folder, index);
  writeFileSync(staged, change.content, { mode: change.mode ?? 0o666 });
  const mode = change.mode ?? before?.mode;
  // The umask takes bits away from a file that is created, not from chmod.
  if (mode !== undefined) chmodSync(staged, mode);
  return { path: change.path, before, after: stagedState(staged, change) };
}

/** Forces what is staged to the disk. All at once: it takes hardly longer for many files than for one. */
export async function syncStaged(
  folder: string,
  steps: readonly Step[],
  durability: Durability,
): Promise<void> {
  const files = steps.flatMap(({ before, after }, index) => {
    const wanted = durability === "all" || before !== null;
    return wanted && after !== null ? [stagedFile(folder, index)] : [];
  });
  const folders = stagingFolders.map((name) => join(folder, name));
  await syncToDisk([...files, ...folders]);
}

/** Writes the journal; it is there completely or not at all. */
export async function writeJournal(
  folder: string,
  journal: Journal,
): Promise<void> {
  const draft = join(folder, `${journalFile}.draft`);
  writeFileSync(draft, JSON.stringify(journal));
  await syncToDisk([draft]);
  rename(draft, join(folder, journalFile));
  await syncToDisk([folder]);
}

const stagingFolders = ["new", "old"] as const;

/** The two folders for bytes. */
export function makeStagingFolders(folder: string): void {
  for (const name of stagingFolders) mkdirSync(join(folder, name));
}

function stagedFile(folder: string, index: number): string {
  return join(folder, "new", String(index));
}

/** Forces files and folders to the disk. */
export async function syncToDisk(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map(syncOne));
}

/** Windows can do it for files only, and where they are open for writing. */
async function syncOne(path: string): Promise<void> {
  const windows = process.platform === "win32";
  if (windows && lstatSync(path).isDirectory()) return;
  const descriptor = openSync(path, windows ? "r+" : "r");
  try {
    await new Promise<void>((resolve, reject) => {
      fsync(descriptor, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  } finally {
    closeSync(descriptor);
  }
}

/** A hard link keeps the very file, with its times and rights, and costs no space. */
function keepOld(target: string, backup: string): void {
  try {
    linkSync(target, backup);
  } catch {
    copyFileSync(target, backup);
  }
}

function stagedState(staged: string, change: Change): FileState {
  const content = change.kind === "write" ? change.content : "";
  return { hash: hashOf(content), mode: lstatSync(staged).mode & 0o7777 };
}
