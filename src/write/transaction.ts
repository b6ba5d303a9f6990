import { dirname, join } from "node:path";
import { ToolError } from "../errors.ts";
import { pause } from "../pause.ts";
import type { Change } from "./change.ts";
import { explainFailure } from "./file-system-error.ts";
import { foldersOf, makeFolder, type Folders } from "./folders.ts";
import type { Journal, Step } from "./journal.ts";
import { abandon, acquire, release, transactionFolder } from "./lock.ts";
import { checkPaths } from "./paths.ts";
import { completeTransaction, recoverFolder } from "./recover.ts";
import {
  checkExpected,
  makeStagingFolders,
  stageChange,
  syncStaged,
  syncToDisk,
  writeJournal,
  type Durability,
} from "./stage.ts";
import { applyStep, rollBack } from "./steps.ts";

export interface TransactionOptions {
  /** `all` unless told otherwise. */
  readonly durability?: Durability;
  /** Aborting it takes back what was done so far and throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The layer's `undoFolder`, below the root, where the old files shall stay afterwards; see `planUndo`. */
  readonly keep?: string;
  /** The earlier transaction that the changes take back: folders come and go as it found them. */
  readonly takesBack?: Folders;
}

const nothingChanged = "Nothing was changed.";

/**
 * Makes all changes below the root or none, in the order given; the last one, such as the record, completes them.
 *
 * @throws ToolError with the project as it was before
 */
export async function applyChanges(
  root: string,
  changes: readonly Change[],
  options: TransactionOptions = {},
): Promise<void> {
  const folder = join(root, transactionFolder);
  let journal: Journal | undefined;
  try {
    checkPaths(root, [...changes.map(({ path }) => path)]);
    acquire(folder, () => recoverFolder(root, folder));
  } catch (error) {
    throw explainFailure(error, nothingChanged);
  }
  try {
    journal = await stage(root, folder, changes, options);
    await apply(root, folder, journal, options);
  } catch (error) {
    takeBack(root, folder, journal, error);
  }
  finish(root, folder, journal);
}

async function stage(
  root: string,
  folder: string,
  changes: readonly Change[],
  { signal, durability = "all", keep, takesBack }: TransactionOptions,
): Promise<Journal> {
  checkExpected(root, changes);
  makeStagingFolders(folder);
  const steps: Step[] = [];
  for (const [index, change] of changes.entries()) {
    await pause(signal);
    steps.push(stageChange(root, folder, change, index));
  }
  await syncStaged(folder, steps, durability);
  // Staging takes a moment in which an editor may have saved.
  checkExpected(root, changes);
  const folders = foldersOf(root, changes, takesBack);
  const kept = keep === undefined ? {} : { keep };
  const journal: Journal = { version: 1, steps, ...folders, ...kept };
  await pause(signal);
  await writeJournal(folder, journal);
  return journal;
}

async function apply(
  root: string,
  folder: string,
  { steps, made }: Journal,
  { signal }: TransactionOptions,
): Promise<void> {
  for (const place of made) {
    await pause(signal);
    makeFolder(root, place);
  }
  for (const [index, step] of steps.entries()) {
    await pause(signal);
    applyStep(root, folder, step, index);
  }
  // The way back goes away next, so what it leads back from must be there to stay.
  const changed = [...made, ...steps].map(({ path }) => dirname(path));
  await syncToDisk([...new Set(changed)].map((name) => join(root, name)));
}

function takeBack(
  root: string,
  folder: string,
  journal: Journal | undefined,
  cause: unknown,
): never {
  try {
    if (journal !== undefined) rollBack(root, folder, journal);
    release(folder);
  } catch (error) {
    abandon(folder);
    throw new ToolError({
      code: "rollback-failed",
      message: `The changes failed half way, and taking them back failed too: ${error instanceof Error ? error.message : String(error)}`,
      remedy: `Nothing is lost: ${folder} knows what to do. Run any command of create-bento-db again in ${root}.`,
      cause,
    });
  }
  throw explainFailure(cause, nothingChanged);
}

/** All targets are new: whatever fails from here on, the next command completes. */
function finish(root: string, folder: string, journal: Journal): void {
  try {
    completeTransaction(root, folder, journal);
    release(folder);
  } catch {
    abandon(folder);
  }
}
