import type { BentoRecord, FileState, RecordedFile } from "../record.ts";
import { readFileOnDisk } from "../upgrade/file-on-disk.ts";
import { findMoved } from "../upgrade/find-moved.ts";
import { undress } from "../upgrade/text-dress.ts";
import { isRecognised } from "./recognise.ts";

/** The files of a record as they lie on the disk. */
export interface Placed {
  readonly files: readonly RecordedFile[];
  /** Paths of those that are not there, nor anything like them. */
  readonly missing: readonly string[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Paths of files that are no edits of what was emitted: the user's own, which no upgrade may touch. */
  readonly foreign: readonly string[];
}

/** Looks for each file at its place, then for a similar one elsewhere; one that is nowhere counts as deleted. */
export function placeFiles(root: string, record: BentoRecord): Placed {
  const absent = record.files.filter(
    ({ path }) => readFileOnDisk(root, path).kind === "none",
  );
  const found = findMoved(
    root,
    absent.map((file) => ({ file, base: record.base.get(file.id) ?? "" })),
    new Set(record.files.map(({ path }) => path)),
  );
  const isMissing = (file: RecordedFile): boolean =>
    absent.includes(file) && !found.has(file.id);
  const foreign = record.files.filter(
    (file) => !absent.includes(file) && isForeign(root, record, file),
  );
  const stateOf = (file: RecordedFile): FileState => {
    if (isMissing(file)) return "deleted";
    return foreign.includes(file) ? "detached" : file.state;
  };
  return {
    files: record.files.map((file) => ({
      ...file,
      path: found.get(file.id) ?? file.path,
      state: stateOf(file),
    })),
    missing: record.files.filter(isMissing).map(({ path }) => path),
    moved: absent.flatMap(({ id, path }) => {
      const to = found.get(id);
      return to === undefined ? [] : [{ from: path, to }];
    }),
    foreign: foreign.map(({ path }) => path),
  };
}

/** What is a link, a folder or no text is compared with nothing; an upgrade leaves it alone as well. */
function isForeign(
  root: string,
  { answers, base }: BentoRecord,
  { id, path, state }: RecordedFile,
): boolean {
  const pristine = base.get(id);
  const disk = readFileOnDisk(root, path);
  if (state === "detached" || disk.kind !== "text") return false;
  if (pristine === undefined) return false;
  const inLayer = path.startsWith(`${answers.path}/`);
  return !isRecognised(id, inLayer, pristine, undress(disk.text));
}
