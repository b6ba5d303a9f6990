import { createHash } from "node:crypto";
import type { Answers } from "./answers.ts";
import { packageFragment } from "./requirements/package-json.ts";
import { printJson } from "./render/print-json.ts";
import type { RenderedFile } from "./render/rendered-file.ts";

/** `detached`: the user's own, such as `defaults.ts`; an upgrade does not touch it. */
export const fileStates = [
  "managed",
  "deleted",
  "detached",
  "conflicted",
] as const;
export type FileState = (typeof fileStates)[number];

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
  /**
   * Of a file that only some keys or lines are the tool's of: those that the user had before the layer asked for them.
   * They stay when the layer no longer does. A record of before this was written down has none.
   */
  readonly own?: readonly string[];
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

/** What is wrong with a record, in a sentence that says what to do. */
export type RecordProblem = string;

/** The two files of the record, below the layer's folder. */
export const recordFolder = ".bento";
export const recordFile = `${recordFolder}/record.json`;
export const baseFile = `${recordFolder}/base.txt`;

/** The record of a first output: every file as rendered. `fragment` is what another version has of package.json. */
export function createRecord(
  version: string,
  answers: Answers,
  rendered: readonly RenderedFile[],
  fragment = fragmentOf(answers),
): BentoRecord {
  const pristine = [
    ...rendered.filter(({ id }) => id !== fragment.id),
    fragment,
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    version,
    answers,
    files: pristine.map(({ id, path, text, owner }) => ({
      id,
      path,
      hash: hashText(text),
      version,
      state: owner === "user" ? "detached" : "managed",
    })),
    base: new Map(pristine.map(({ id, text }) => [id, text])),
  };
}

/** SHA-256 in hex of a text, whatever its line endings. */
export function hashText(text: string): string {
  return createHash("sha256").update(toLineFeeds(text)).digest("hex");
}

/** CR LF and lone CR become LF. */
export function toLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

/** Of package.json only the keys that the layer asks for are the tool's; the rest is the project's. */
export function fragmentOf(answers: Answers): RenderedFile {
  return {
    id: "package.json",
    path: "package.json",
    text: printJson(packageFragment(answers)),
    owner: "tool",
    merge: "keys",
  };
}
