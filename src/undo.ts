import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ToolError } from "./errors.ts";
import type { LayerPlace } from "./project/open-layer.ts";
import { findWorkspaceRoot } from "./project/workspace.ts";
import { baseFile, recordFile } from "./record.ts";
import { clearInIndex } from "./upgrade/git-index.ts";
import type { Change } from "./write/change.ts";
import { inverseOf, readKept, type EditedSince } from "./write/inverse.ts";
import type { Journal } from "./write/journal.ts";
import { applyChanges } from "./write/transaction.ts";
import { undoFolder } from "./write/undo-folder.ts";

/** What taking back the last upgrade, add or remove will do. */
export interface UndoPlan {
  /** The folder that paths are counted from: the project, or the workspace around it. */
  readonly base: string;
  /** Where the old bytes lie, relative to it. */
  readonly keep: string;
  /** What was done then. */
  readonly journal: Journal;
  readonly changes: readonly Change[];
  /** The user's edits since; they stay. */
  readonly edited: readonly EditedSince[];
}

/**
 * Compares the project with what the last change left.
 *
 * @throws ToolError `nothing-to-undo`, `superseded`
 */
export function planUndo(place: LayerPlace): UndoPlan {
  const found = basesOf(place)
    .map((base) => ({ base, ...openKept(base, place) }))
    .find(({ journal, record }) => names(journal, record));
  if (found?.journal === undefined) throw nothingToUndo([]);
  const { base, keep, journal, record } = found;
  const own = new Set([record, record.replace(recordFile, baseFile)]);
  const { changes, edited } = inverseOf(base, keep, journal, (path) =>
    own.has(path),
  );
  if (changes.length === 0) throw nothingToUndo(edited);
  const others = changes.filter(({ path }) => !own.has(path));
  if (others.length === 0 && edited.length > 0) throw superseded(edited);
  return { base, keep, journal, changes, edited };
}

/** Puts everything back in one transaction; old bytes of files that stay as they are remain for a look. */
export async function undo(
  { base, keep, journal, changes, edited }: UndoPlan,
  signal: AbortSignal,
): Promise<void> {
  await applyChanges(base, changes, { signal, takesBack: journal });
  clearInIndex(
    base,
    changes.map(({ path }) => path),
  );
  if (edited.length > 0) return;
  try {
    rmSync(join(base, keep), { recursive: true, force: true });
  } catch {
    // The project is as before; the next upgrade replaces what is left here.
  }
}

/** A package's upgrade may reach into the workspace around it. */
function basesOf({ root }: LayerPlace): string[] {
  const outer = findWorkspaceRoot(root);
  return outer === undefined ? [root] : [root, outer];
}

function openKept(
  base: string,
  { root, layer }: LayerPlace,
): { keep: string; record: string; journal: Journal | undefined } {
  const prefix = relative(base, join(root, layer)).replaceAll("\\", "/");
  const keep = `${prefix}/${undoFolder}`;
  const journal = readKept(base, keep);
  return { keep, record: `${prefix}/${recordFile}`, journal };
}

function names(journal: Journal | undefined, path: string): boolean {
  return journal?.steps.some((step) => step.path === path) ?? false;
}

function nothingToUndo(edited: readonly EditedSince[]): ToolError {
  const message =
    "There is no upgrade, add or remove that could be taken back.";
  return new ToolError({
    code: "nothing-to-undo",
    message: [
      edited.length === 0 ? message : `${message} Left alone were:`,
      ...edited.map(describeEdited),
    ].join("\n"),
    remedy: "Nothing was changed.",
  });
}

/** After a checkout or a pull the files are somebody else's work, not what was changed here last. */
function superseded(edited: readonly EditedSince[]): ToolError {
  return new ToolError({
    code: "superseded",
    message: [
      "Every file that the last change wrote has been changed since, so it cannot be taken back:",
      ...edited.map(describeEdited),
    ].join("\n"),
    remedy: "Nothing was changed. Your version control has the earlier state.",
  });
}

/** A file that stays, and where to find it as it was before. */
export function describeEdited({ path, old }: EditedSince): string {
  return old === undefined
    ? `  ${path}`
    : `  ${path} (before the change: ${old})`;
}
