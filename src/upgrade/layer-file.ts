import type { RecordedFile } from "../record.ts";
import type { FileOnDisk } from "./file-on-disk.ts";
import { standingOf } from "./plan-standing.ts";

/**
 * `missing`: nothing is there; `replaced`: a link, a folder or something that is no UTF-8 text is; `unknown`: its line in
 * base.txt is damaged, so nothing can be compared.
 */
export type Standing =
  "unchanged" | "changed" | "missing" | "replaced" | "unknown";

/** A recorded file and what is on the disk. */
export interface LayerFile {
  readonly recorded: RecordedFile;
  /** Where it lies: the recorded place, or the one to which the user moved it. */
  readonly path: string;
  /** Whether the user moved or renamed it since the record was written. */
  readonly moved: boolean;
  /** Whether it lies where the user put it, now or earlier, rather than where it is emitted to. */
  readonly ownPlace: boolean;
  readonly disk: FileOnDisk;
  /** The pristine text, its imports as the modules lie now; undefined when its line is damaged. */
  readonly base: string | undefined;
  /** The same after the project's formatter, where that was needed to tell. */
  readonly styledBase: string | undefined;
  readonly standing: Standing;
}

/** A file before it is compared. */
export type ReadFile = Omit<LayerFile, "standing" | "styledBase">;

/** Compares a file with its pristine text, in the project's style too where that is known. */
export function compare(
  file: ReadFile,
  styledBase: string | undefined,
): Standing {
  const { disk, base, recorded } = file;
  if (disk.kind === "none") return "missing";
  if (disk.kind !== "text") return "replaced";
  if (base === undefined) return "unknown";
  const bases = styledBase === undefined ? [base] : [base, styledBase];
  return standingOf(recorded.id, bases, disk.text);
}
