import type { Answers } from "./answers.ts";

export type FileState = "managed" | "deleted" | "detached" | "conflicted";

/** What the record knows about one emitted file. */
export interface RecordedFile {
  /** The landing place under the default path; see `PlannedFile`. */
  readonly id: string;
  /** Where it is, relative to the project. */
  readonly path: string;
  /** SHA-256 of the pristine text with LF line endings, in hex. */
  readonly hash: string;
  /** The version of the tool that the pristine text came from. */
  readonly version: string;
  readonly state: FileState;
}

/** What was emitted: everything an upgrade has to know. */
export interface BentoRecord {
  readonly version: string;
  readonly answers: Answers;
  /** Sorted by id. */
  readonly files: readonly RecordedFile[];
  /** Pristine texts by id, with LF line endings. */
  readonly base: ReadonlyMap<string, string>;
}
