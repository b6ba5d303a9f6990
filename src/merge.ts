import { mergeLines } from "./merge/merge-lines.ts";
import type { Merged } from "./merge/merged.ts";

/** What the merge of one file needs: three texts, and the outer two in the user's style where a formatter gave it. */
export interface MergeInput {
  /** Where the file is; its ending tells the language. */
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** `base` and `theirs` after the project's own formatter; without it the style is read off `yours`. */
  readonly restyled?: { readonly base: string; readonly theirs: string };
  /** Exported names that the release renamed, old to new. */
  readonly renames?: ReadonlyMap<string, string>;
}

/**
 * Brings what changed from `base` to `theirs` into `yours`. Pure: no file system, no clock, same input, same bytes. What
 * is not certainly right is a conflict, scoped as narrowly as possible; a line that no side changed stays byte-identical.
 */
export function mergeFile({ base, yours, theirs }: MergeInput): Merged {
  if (yours === theirs || base === theirs) {
    return { pieces: [yours], stage: "same" };
  }
  if (yours === base) return { pieces: [theirs], stage: "same" };
  return { pieces: mergeLines(base, yours, theirs), stage: "lines" };
}
