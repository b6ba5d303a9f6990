import type { Answers } from "../answers.ts";
import type { MergeInput } from "../merge.ts";
import type { RecordedFile } from "../record.ts";
import type { FileOnDisk } from "./file-on-disk.ts";
import type { LayerFile } from "./layer-file.ts";

/** What this version emits for one file, and how that text looks in this project. */
export interface EmittedFile {
  /** As the record will have it: landing place, hash, version, state. */
  readonly recorded: RecordedFile;
  /** As rendered, with LF: what the record keeps. */
  readonly pristine: string;
  /** With its imports as the modules lie in this project. */
  readonly text: string;
  /** The same by the project's formatter; the text itself where nothing had to be formatted. */
  readonly styled: string;
  /** What lies at the landing place of a file that the record does not know yet. */
  readonly inTheWay: FileOnDisk;
}

/** One file on its way: what was emitted and is there, and what is emitted now. */
export interface FileInput {
  readonly id: string;
  readonly file: LayerFile | undefined;
  readonly theirs: EmittedFile | undefined;
  /** What this version emits for the answers in the record: what changed by the answers alone. */
  readonly formerly:
    { readonly pristine: string; readonly text: string } | undefined;
  /** Where a release renamed the file to. */
  readonly renamedTo: string | undefined;
}

/** Everything that a plan is made of; reading is over by then. */
export interface PlanInput {
  /** This tool's version. */
  readonly version: string;
  /** The answers from now on. */
  readonly answers: Answers;
  readonly files: readonly FileInput[];
  /** Exported names that releases since then renamed. */
  readonly renames: MergeInput["renames"];
  /** Second names of scripts. */
  readonly otherScripts: ReadonlyMap<string, string>;
}
