import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { journalFile, type Journal } from "./journal.ts";
import { rename } from "./rename.ts";

/** Filled inside the transaction's folder, then moved as a whole. */
const draftName = "kept";

/**
 * Moves the old bytes of a finished transaction to the place where `undo` finds them; a run that was cut short is
 * completed by another one. Version control is told to leave them out.
 */
export function keepForUndo(
  folder: string,
  journal: Journal,
  place: string,
): void {
  const draft = join(folder, draftName);
  const old = join(folder, "old");
  if (existsSync(old)) {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, ".gitignore"), "*\n");
    writeFileSync(join(draft, journalFile), JSON.stringify(journal));
    // Last, for it is what marks the draft as complete.
    rename(old, join(draft, "old"));
  }
  if (!existsSync(draft)) return;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  rename(draft, place);
}

/** Whether a transaction had come so far that only its tidying was left: what changes afterwards is the user's. */
export function wasFinished(folder: string, { keep }: Journal): boolean {
  return keep !== undefined && !existsSync(join(folder, "old"));
}
