import type { BentoRecord, RecordedFile } from "../record.ts";
import { readFileOnDisk } from "../upgrade/file-on-disk.ts";
import { findMoved } from "../upgrade/find-moved.ts";

/** The files of a record as they lie on the disk. */
export interface Placed {
  readonly files: readonly RecordedFile[];
  /** Paths of those that are not there, nor anything like them. */
  readonly missing: readonly string[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
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
  return {
    files: record.files.map((file) => ({
      ...file,
      path: found.get(file.id) ?? file.path,
      state: isMissing(file) ? "deleted" : file.state,
    })),
    missing: record.files.filter(isMissing).map(({ path }) => path),
    moved: absent.flatMap(({ id, path }) => {
      const to = found.get(id);
      return to === undefined ? [] : [{ from: path, to }];
    }),
  };
}
