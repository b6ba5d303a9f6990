import type { BentoRecord, RecordedFile } from "../record.ts";

/** What the user had before, by the ids of the files; see `RecordedFile.own`. */
export type OwnParts = ReadonlyMap<string, readonly string[]>;

/** The record with what is the user's own in it. */
export function recordOwnParts(
  record: BentoRecord,
  own: OwnParts,
): BentoRecord {
  const files = record.files.map((file) => withOwn(file, own.get(file.id)));
  return { ...record, files };
}

/** The file's entry with these parts as the user's own. */
export function withOwn(
  { id, path, hash, version, state }: RecordedFile,
  own: readonly string[] = [],
): RecordedFile {
  const file = { id, path, hash, version, state };
  return own.length === 0 ? file : { ...file, own };
}
