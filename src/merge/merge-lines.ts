import { diff3Merge } from "node-diff3";
import type { Conflict } from "./merged.ts";

/** Merges line by line, as git does: changes that touch or overlap are a conflict unless they are the same. */
export function mergeLines(
  base: string,
  yours: string,
  theirs: string,
): readonly (string | Conflict)[] {
  const regions = diff3Merge(linesOf(yours), linesOf(base), linesOf(theirs), {
    excludeFalseConflicts: true,
  });
  return regions.flatMap((region): readonly (string | Conflict)[] => {
    if (region.ok !== undefined) return [region.ok.join("")];
    if (region.conflict === undefined) return [];
    const { a, o, b } = region.conflict;
    return [
      {
        name: "",
        reason: "Both sides changed these lines.",
        base: o.join(""),
        yours: a.join(""),
        theirs: b.join(""),
      },
    ];
  });
}

/** Every line with its own ending, so that joining gives the text back. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
