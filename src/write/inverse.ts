import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./change.ts";
import {
  readJournal,
  sameBytes,
  stateOf,
  type FileState,
  type Journal,
  type Step,
} from "./journal.ts";

/** How a transaction that was kept can be taken back. */
export interface Inverse {
  /** In the order of undoing. */
  readonly changes: readonly Change[];
  /** What was changed by somebody else since, and stays. */
  readonly edited: readonly EditedSince[];
}

/** A file that no longer is what the transaction left. */
export interface EditedSince {
  readonly path: string;
  /** Where its bytes from before lie, relative to the root; undefined where there was no file. */
  readonly old: string | undefined;
}

/** The journal of the transaction that was kept last, or undefined; its paths are counted from `root`. */
export function readKept(root: string, keep: string): Journal | undefined {
  const folder = join(root, keep);
  // A link could lead to the bytes of another project.
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() ? readJournal(root, folder) : undefined;
}

/**
 * Compares the files with what the transaction left, and gives the changes that restore those that are still so; what
 * `always` names is restored however it stands.
 */
export function inverseOf(
  root: string,
  keep: string,
  { steps }: Journal,
  always: (path: string) => boolean = () => false,
): Inverse {
  const changes: Change[] = [];
  const edited: EditedSince[] = [];
  for (const [index, step] of [...steps.entries()].reverse()) {
    const now = stateOf(join(root, step.path));
    if (sameState(now, step.before)) continue;
    const old = `${keep}/old/${String(index)}`;
    const untouched = sameBytes(now, step.after) || sameBytes(now, step.before);
    if (untouched || always(step.path)) {
      changes.push(restore(join(root, old), step, now));
    } else {
      const kept = existsSync(join(root, old)) ? old : undefined;
      edited.push({ path: step.path, old: kept });
    }
  }
  return { changes, edited };
}

function sameState(a: FileState | null, b: FileState | null): boolean {
  return a?.hash === b?.hash && a?.mode === b?.mode;
}

/** Expects what is there now, so that an edit made meanwhile is not lost; permissions set since stay. */
function restore(
  old: string,
  { path, before, after }: Step,
  now: FileState | null,
): Change {
  const expected = now?.hash ?? null;
  if (before === null)
    return { kind: "delete", path, expected: expected ?? "" };
  const mode =
    now === null || now.mode === after?.mode ? before.mode : now.mode;
  return { kind: "write", path, content: readFileSync(old), mode, expected };
}
