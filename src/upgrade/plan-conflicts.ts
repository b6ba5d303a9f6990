import type { Conflict } from "../merge/merged.ts";
import { decideMerged, printMarkers } from "../merge/print-merged.ts";
import type { FileConflict, FilePlan } from "./plan-outcome.ts";
import { withState } from "./plan-entries.ts";
import { dress } from "./text-dress.ts";

/** How conflicts are decided without asking. */
export const conflictModes = ["ask", "markers", "mine", "new"] as const;
export type ConflictMode = (typeof conflictModes)[number];

/** The text that takes a conflict's place, or undefined to leave it in the file between markers. */
export type Decide = (file: FilePlan, conflict: Conflict) => string | undefined;

/** Every conflict for one side. */
export const decisions: Readonly<Record<"markers" | "mine" | "new", Decide>> = {
  markers: () => undefined,
  mine: (_file, { yours }) => yours,
  new: (_file, { theirs }) => theirs,
};

/** The same plan with its conflicts decided. */
export function decideConflicts(
  files: readonly FilePlan[],
  decide: Decide,
  version: string,
): readonly FilePlan[] {
  return files.map((file) =>
    file.conflict === undefined
      ? file
      : decideFile(file, file.conflict, decide, version),
  );
}

function decideFile(
  file: FilePlan,
  conflict: FileConflict,
  decide: Decide,
  tool: string,
): FilePlan {
  const pieces = conflict.merged.pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    return decide(file, piece) ?? piece;
  });
  const merged = { ...conflict.merged, pieces };
  const open = pieces.some((piece) => typeof piece !== "string");
  if (conflict.taken) return decideTaken(file, conflict, pieces[0], open);
  if (open) {
    const text = printMarkers(merged, {
      yours: "yours",
      base: `base ${conflict.baseVersion}`,
      theirs: `create-bento-db ${tool}`,
    });
    return {
      ...file,
      text: dress(text, conflict.dress),
      next: withState(file.next, "conflicted"),
    };
  }
  const text = decideMerged(merged, () => "");
  if (conflict.sides.yours === undefined && text === "") return leaveOut(file);
  const untouched = text === conflict.sides.yours && file.from === undefined;
  return {
    ...file,
    action: untouched ? "keep" : "merge",
    note: untouched ? "yours, as decided" : "as decided",
    text: untouched ? undefined : dress(text, conflict.dress),
    conflict: undefined,
  };
}

/** A new file that the user does not want. */
function leaveOut(file: FilePlan): FilePlan {
  return {
    ...file,
    action: "keep",
    note: `left out, as decided (create-bento-db add --restore ${file.path})`,
    conflict: undefined,
    next: withState(file.next, "deleted"),
  };
}

/** Markers would spoil a file that was never ours: it stays, and the new one comes by `add --restore`. */
function decideTaken(
  file: FilePlan,
  { sides, dress: worn }: FileConflict,
  decided: unknown,
  open: boolean,
): FilePlan {
  const takesNew =
    !open && decided !== sides.yours && typeof decided === "string";
  if (takesNew) {
    return {
      ...file,
      action: "replace",
      note: "as decided, in place of yours",
      text: dress(decided, worn),
      conflict: undefined,
      next: withState(file.next, "managed"),
    };
  }
  return {
    ...file,
    action: "keep",
    note: `yours stays; the layer's: move yours, then create-bento-db add --restore ${file.path}`,
    conflict: undefined,
  };
}
