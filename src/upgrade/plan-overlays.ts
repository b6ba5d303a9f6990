import type { PlanInput } from "./plan-input.ts";
import type { FilePlan } from "./plan-outcome.ts";

/** Texts by path; null where no file is to be. */
type Texts = ReadonlyMap<string, string | null>;

/** The tree as the plan makes it; a conflict's file counts as it is. */
export function planOverlay(files: readonly FilePlan[]): Texts {
  const texts = new Map<string, string | null>();
  for (const { path, from, text, action } of files) {
    if (from !== undefined && text !== undefined) texts.set(from, null);
    if (action === "delete") texts.set(path, null);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** The tree as this version emits it, between the user's own files. */
export function theirsOverlay({ files }: PlanInput): Texts {
  const texts = new Map<string, string | null>();
  for (const { file, theirs } of files) {
    if (file !== undefined) texts.set(file.path, null);
    if (theirs === undefined) continue;
    texts.set(file?.path ?? theirs.recorded.path, theirs.text);
  }
  return texts;
}

/** The tree as it was emitted last, between the user's own files. */
export function baseOverlay({ files }: PlanInput): Texts {
  return new Map(
    files.flatMap(({ file }) =>
      file?.base === undefined ? [] : [[file.path, file.base] as const],
    ),
  );
}
