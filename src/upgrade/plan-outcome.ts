import type { Conflict, Merged, MergeStage } from "../merge/merged.ts";
import type { RecordedFile } from "../record.ts";
import type { TextDress } from "./text-dress.ts";

/** What becomes of a file. `keep` touches nothing, not even its time. */
export const fileActions = [
  "conflict",
  "merge",
  "replace",
  "add",
  "delete",
  "keep",
] as const;
export type FileAction = (typeof fileActions)[number];

/** What the record will say of a file; without a base its pristine text stays as the record has it. */
export interface NextEntry {
  readonly file: RecordedFile;
  readonly base: string | undefined;
}

/** A conflict's three whole texts and where in them the question is. */
export interface FileConflict {
  readonly merged: Merged;
  /** What the text wears; pieces and sides are bare. */
  readonly dress: TextDress;
  /** The three versions of the whole file, for git's index; a side that does not exist is undefined. */
  readonly sides: {
    readonly base: string | undefined;
    readonly yours: string | undefined;
    readonly theirs: string | undefined;
  };
  /** The version that the base came from. */
  readonly baseVersion: string;
  /** A file of the user's own lies where a new one is to go: it is never written with markers. */
  readonly taken: boolean;
}

/** A declaration that the user took to another file. */
export interface MovedPiece {
  readonly name: string;
  /** Where it is now. */
  readonly path: string;
}

/** The plan for one file: a value, complete before anything is written. */
export interface FilePlan {
  readonly id: string;
  /** Where it will be. */
  readonly path: string;
  /** Where it lies now, when that is another place. */
  readonly from: string | undefined;
  readonly action: FileAction;
  /** How far a merge had to go. */
  readonly stage: MergeStage | undefined;
  /** What the user should know, in a few words; empty where the action says it all. */
  readonly note: string;
  /** The whole text to write; undefined where nothing is written. */
  readonly text: string | undefined;
  readonly conflict: FileConflict | undefined;
  /** Where its declarations went, in a file that the user took apart. */
  readonly pieces?: readonly MovedPiece[];
  /** Undefined when the record forgets the file. */
  readonly next: NextEntry | undefined;
}

/** The conflicts of a plan, each with its file. */
export function conflictsIn(
  files: readonly FilePlan[],
): readonly { readonly file: FilePlan; readonly conflict: Conflict }[] {
  return files.flatMap((file) =>
    (file.conflict?.merged.pieces ?? [])
      .filter((piece) => typeof piece !== "string")
      .map((conflict) => ({ file, conflict })),
  );
}

/** Whether anything on the disk changes by it. */
export function touchesDisk({ text, from, action }: FilePlan): boolean {
  return text !== undefined || from !== undefined || action === "delete";
}

/** Whether the compiler reads it. */
export function isModule(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}
