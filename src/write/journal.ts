import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../errors.ts";
import { hashOf } from "./change.ts";
import { missing } from "./file-system-error.ts";
import { isUndoFolder } from "./undo-folder.ts";
import { checkPaths, pathProblem, wayTo } from "./paths.ts";

/** A file before or after its step. */
export interface FileState {
  readonly hash: string;
  readonly mode: number;
}

/** A folder and its permission bits, where they matter. */
export interface FolderState {
  readonly path: string;
  readonly mode?: number | undefined;
}

/** One file's way from old to new; null stands for no file. Its bytes lie in `old/<index>` and `new/<index>`. */
export interface Step {
  readonly path: string;
  readonly before: FileState | null;
  readonly after: FileState | null;
}

/** What a transaction is about to do, written before it touches the first target. */
export interface Journal {
  readonly version: 1;
  readonly steps: readonly Step[];
  /** Folders that the transaction makes, parents first, with the permissions that they are to have. */
  readonly made: readonly FolderState[];
  /** Folders on the way to files that go, parents first, with their permissions: those left empty go too. */
  readonly emptied: readonly FolderState[];
  /** Where the old bytes are to stay afterwards. */
  readonly keep?: string;
}

/** The journal's name inside the transaction's folder; without an ending, so that no formatter of the project takes it for its own. */
export const journalFile = "journal";

/** The state of the file at a path, or null when there is none. */
export function stateOf(file: string): FileState | null {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!stats.isFile()) return { hash: "not a file", mode: 0 };
  return { hash: hashOf(readFileSync(file)), mode: stats.mode & 0o7777 };
}

/** Whether a file's bytes are those of the state. */
export function sameBytes(a: FileState | null, b: FileState | null): boolean {
  return a?.hash === b?.hash;
}

/**
 * Reads a journal that a dead process left; undefined when it had not come so far.
 *
 * @throws ToolError `damaged-journal` for anything that this tool did not write
 */
export function readJournal(root: string, folder: string): Journal | undefined {
  const file = join(folder, journalFile);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (missing(error)) return undefined;
    throw error;
  }
  const journal = parseJournal(text);
  if (journal === undefined) throw damaged(file);
  const { steps, keep } = journal;
  const kept = keep === undefined ? [] : [`${keep}/${journalFile}`];
  checkPaths(root, [...steps.map((step) => step.path), ...kept]);
  return journal;
}

function parseJournal(text: string): Journal | undefined {
  try {
    const value = JSON.parse(text) as Partial<Journal> | null;
    const valid =
      value?.version === 1 &&
      Array.isArray(value.steps) &&
      value.steps.every(isStep) &&
      areFolders(value.made, value.steps) &&
      areFolders(value.emptied, value.steps) &&
      (value.keep === undefined || isUndoFolder(value.keep));
    return valid ? (value as Journal) : undefined;
  } catch {
    return undefined;
  }
}

function isStep(value: unknown): value is Step {
  if (typeof value !== "object" || value === null) return false;
  const { path, before, after } = value as Partial<Record<keyof Step, unknown>>;
  return isInside(path) && isState(before) && isState(after);
}

/** Only on the way to its files may a transaction touch folders. */
function areFolders(value: unknown, steps: readonly Step[]): boolean {
  const places = new Set(steps.flatMap(({ path }) => wayTo(path)));
  return (
    Array.isArray(value) && value.every((folder) => isFolder(folder, places))
  );
}

function isFolder(value: unknown, places: ReadonlySet<string>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { path, mode } = value as Partial<Record<keyof FolderState, unknown>>;
  const known = mode === undefined || typeof mode === "number";
  return typeof path === "string" && places.has(path) && known;
}

function isInside(path: unknown): path is string {
  return typeof path === "string" && pathProblem(path) === undefined;
}

function isState(value: unknown): value is FileState | null {
  if (value === null) return true;
  if (typeof value !== "object") return false;
  const { hash, mode } = value as Partial<Record<keyof FileState, unknown>>;
  return typeof hash === "string" && typeof mode === "number";
}

function damaged(file: string): ToolError {
  return new ToolError({
    code: "damaged-journal",
    message: `${file} is not a journal of this tool, so an interrupted run cannot be taken back.`,
    remedy: `Compare the project with your version control, then delete the folder of ${file} and run the command again.`,
  });
}
