import { basename, dirname, join } from "node:path";
import { ToolError } from "../errors.ts";
import { explainFailure } from "./file-system-error.ts";
import { settleFolders } from "./folders.ts";
import { readJournal, type Journal } from "./journal.ts";
import { keepForUndo, wasFinished } from "./keep.ts";
import { clearStale, transactionFolder } from "./lock.ts";
import { rollBack, standingOf } from "./steps.ts";

/** What an interrupted run had left: nothing, all its changes, or a part of them that was taken back. */
export type Recovery = "nothing" | "finished" | "rolled back";

/** The lock and staging folder of a project that does not exist yet lies beside it. */
export function stagingFolderOf(root: string): string {
  return join(dirname(root), `.${basename(root)}${transactionFolder}`);
}

/**
 * Finishes or takes back what a killed run left in the project; every command calls it first.
 *
 * @throws ToolError `locked` while that run is still alive, `edited-since` when files were edited after it
 */
export function recoverProject(root: string): Recovery {
  let recovery: Recovery = "nothing";
  try {
    clearStale(stagingFolderOf(root), () => undefined);
    const folder = join(root, transactionFolder);
    clearStale(folder, () => {
      recovery = recoverFolder(root, folder);
    });
  } catch (error) {
    throw explainFailure(error, "An interrupted run is not taken back yet.");
  }
  return recovery;
}

/** The decision itself, by the bytes that lie there now. */
export function recoverFolder(root: string, folder: string): Recovery {
  const journal = readJournal(root, folder);
  if (journal === undefined) return "nothing";
  if (!wasFinished(folder, journal)) {
    const standings = journal.steps.map((step) => standingOf(root, step));
    const edited = journal.steps.filter((_, i) => standings[i] === "other");
    if (edited.length > 0) throw editedSince(folder, edited);
    if (standings.some((standing) => standing === "before")) {
      rollBack(root, folder, journal);
      return "rolled back";
    }
  }
  completeTransaction(root, folder, journal);
  return "finished";
}

/** What is left to do once every target is new. */
export function completeTransaction(
  root: string,
  folder: string,
  journal: Journal,
): void {
  settleFolders(root, journal);
  if (journal.keep === undefined) return;
  keepForUndo(folder, journal, join(root, journal.keep));
}

function editedSince(
  folder: string,
  steps: readonly { readonly path: string }[],
): ToolError {
  const names = steps.map((step) => step.path).join(", ");
  return new ToolError({
    code: "edited-since",
    message: `An earlier run was interrupted, and since then these files were changed: ${names}. They were left alone.`,
    remedy: `The text from before that run lies in ${join(folder, "old")}, numbered as in journal. Keep what you want, delete ${folder}, and run the command again.`,
  });
}
