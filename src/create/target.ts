import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commonKeys, lineLists, mergeLines } from "../project/lines.ts";
import type { RenderedFile } from "../render.ts";

/** What becomes of one path. */
export interface Target {
  /** Relative to the folder that the changes are counted from. */
  readonly path: string;
  /** `keep`: the user's own file stays although the tool has one for the place. */
  readonly action: "create" | "change" | "same" | "keep" | "conflict";
  /** The bytes that are there now, or null. */
  readonly before: Buffer | null;
  /** The text that shall be there. */
  readonly after: string;
}

/** The bytes at a path, or null when there is no file; a link or folder is left to the check of paths. */
export function readBytes(root: string, path: string): Buffer | null {
  const file = join(root, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? readFileSync(file) : null;
}

/** Decides for a rendered file; `text` is its text in the project's own style. */
export function targetOf(
  root: string,
  file: RenderedFile,
  text: string,
): Target {
  const before = readBytes(root, file.path);
  if (before === null) return target(file.path, "create", null, text);
  const present = before.toString("utf8");
  if ([text, file.text].some((ours) => equalButEndings(ours, present))) {
    return target(file.path, "same", before, present);
  }
  const list = lineLists[file.path];
  if (list !== undefined) {
    return edited(file.path, before, mergeLines(present, text, list));
  }
  const own = keptWhenThere.has(file.path);
  return target(file.path, own ? "keep" : "conflict", before, text);
}

/** What the user has already of a list of lines; empty for any other file. */
export function ownLinesOf(
  root: string,
  { path, text }: RenderedFile,
): readonly string[] {
  const list = lineLists[path];
  if (list === undefined) return [];
  const present = readBytes(root, path)?.toString("utf8") ?? "";
  return commonKeys(present, text, list);
}

/** A file that was edited in place: changed, or the same when there was nothing to add. */
export function edited(path: string, before: Buffer, after: string): Target {
  const same = before.toString("utf8") === after;
  return target(path, same ? "same" : "change", before, after);
}

/** A file that is there or not, with its new text. */
export function written(
  path: string,
  before: Buffer | null,
  after: string,
): Target {
  return before === null
    ? target(path, "create", null, after)
    : edited(path, before, after);
}

/** Files of a folder rather than of the layer: one that has its own needs none of ours. */
const keptWhenThere = new Set(["README.md", "tsconfig.json"]);

function target(
  path: string,
  action: Target["action"],
  before: Buffer | null,
  after: string,
): Target {
  return { path, action, before, after };
}

function equalButEndings(a: string, b: string): boolean {
  return a === b || a.replaceAll("\r\n", "\n") === b.replaceAll("\r\n", "\n");
}
