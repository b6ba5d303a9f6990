import { codeReader } from "./merge/code.ts";
import { objections } from "./merge/gate.ts";
import { withEndingsOf } from "./merge/line-endings.ts";
import { hasMarkers } from "./merge/markers.ts";
import { mergeLines } from "./merge/merge-lines.ts";
import type { Merged } from "./merge/merged.ts";
import type { Sides } from "./merge/sides.ts";
import { isCode } from "./merge/syntax.ts";
import { inStyleOfYours } from "./merge/user-style.ts";

/** What the merge of one file needs: three texts, and the outer two in the user's style where a formatter gave it. */
export interface MergeInput extends Sides {
  /** Where the file is; its ending tells the language. */
  readonly path: string;
  /** `base` and `theirs` after the project's own formatter; without it the style is read off `yours`. */
  readonly restyled?: { readonly base: string; readonly theirs: string };
  /** Exported names that the release renamed, old to new. */
  readonly renames?: ReadonlyMap<string, string>;
}

/**
 * Brings what changed from `base` to `theirs` into `yours`. Pure: no file system, no clock, same input, same bytes. What
 * is not certainly right is a conflict, scoped as narrowly as possible; a line that no side changed stays byte-identical.
 */
export function mergeFile(input: MergeInput): Merged {
  const sides = endedAlike(input);
  const { base, yours, theirs } = sides;
  if (yours === theirs || base === theirs) {
    return { pieces: [yours], stage: "same" };
  }
  if (yours === base) return { pieces: [theirs], stage: "same" };
  if (hasMarkers(yours))
    return {
      ...wholeConflict(sides, "It still has the markers of an earlier merge."),
      doubt: "markers",
    };
  const read = codeReader(input.path);
  const styled = isCode(input.path) ? inStyleOfYours(sides, read) : sides;
  const lines: Merged = {
    pieces: mergeLines(styled.base, yours, styled.theirs),
    stage: "lines",
  };
  if (objections(styled, lines.pieces, read).length === 0) return lines;
  return wholeConflict(sides, "Both sides changed it.");
}

/** The release's texts with the user's line endings; formatted ones in place of those that were not. */
function endedAlike({ base, yours, theirs, restyled }: MergeInput): Sides {
  return {
    base: withEndingsOf(yours, restyled?.base ?? base),
    yours,
    theirs: withEndingsOf(yours, restyled?.theirs ?? theirs),
  };
}

export function wholeConflict(
  { base, yours, theirs }: Sides,
  reason: string,
): Merged {
  return {
    pieces: [{ name: "", reason, base, yours, theirs }],
    stage: "declarations",
  };
}
