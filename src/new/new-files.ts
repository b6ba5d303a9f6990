import type { Answers } from "../answers.ts";

/** What the generators need to know of a project. */
export type NewFileAnswers = Pick<
  Answers,
  "path" | "databases" | "parts" | "importExtension"
>;

/** A text and its place in the project, with forward slashes. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What a generator wants written. */
export interface NewFiles {
  /** Files that may not exist yet. */
  readonly files: readonly NewFile[];
  /** New texts of files that exist. */
  readonly edits: readonly NewFile[];
}
