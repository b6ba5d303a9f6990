import { copyFileSync, mkdirSync, rmSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "./file-system-error.ts";
import { unmakeFolders } from "./folders.ts";
import { sameBytes, stateOf, type Journal, type Step } from "./journal.ts";
import { rename } from "./rename.ts";

/** How a target stands: untouched, changed by its step, or changed by somebody else since. */
export type Standing = "before" | "after" | "other";

/** Compares a target with its step. */
export function standingOf(root: string, step: Step): Standing {
  const state = stateOf(join(root, step.path));
  if (sameBytes(state, step.before)) return "before";
  return sameBytes(state, step.after) ? "after" : "other";
}

/** Carries out one step: from here on the target is new. */
export function applyStep(
  root: string,
  folder: string,
  step: Step,
  index: number,
): void {
  const target = join(root, step.path);
  if (step.after === null) unlinkSync(target);
  else move(join(folder, "new", String(index)), target);
}

/** Puts every target back, last first; a step that was never carried out is left alone. */
export function rollBack(root: string, folder: string, journal: Journal): void {
  const steps = [...journal.steps.entries()].reverse();
  for (const [index, step] of steps) undoStep(root, folder, step, index);
  unmakeFolders(root, journal);
}

function undoStep(
  root: string,
  folder: string,
  step: Step,
  index: number,
): void {
  const target = join(root, step.path);
  rmSync(draftOf(target), { force: true });
  if (standingOf(root, step) !== "after") return;
  if (step.before === null) {
    unlinkSync(target);
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  move(join(folder, "old", String(index)), target);
}

function move(from: string, to: string): void {
  try {
    rename(from, to);
  } catch (error) {
    if (systemCode(error) !== "EXDEV") throw error;
    // A folder of the project may be a mount of its own.
    copyFileSync(from, draftOf(to));
    rename(draftOf(to), to);
  }
}

function draftOf(target: string): string {
  return `${target}.bento-txn`;
}
