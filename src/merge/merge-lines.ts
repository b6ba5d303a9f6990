import { diff3Merge } from "node-diff3";
import { linesOf } from "./lines-of.ts";
import type { Conflict } from "./merged.ts";
import { inWholeLines, type Pieces } from "./whole-lines.ts";

/** Beyond this many lines times lines that differ, comparing them would take too long. */
const mostPairs = 25_000_000;

/** Merges line by line, as git does: changes that touch or overlap are a conflict unless they are the same. */
export function mergeLines(
  base: string,
  yours: string,
  theirs: string,
): Pieces {
  const { head, tail, middle } = apart(
    linesOf(base),
    linesOf(yours),
    linesOf(theirs),
  );
  const [o = [], a = [], b = []] = middle;
  const pieces =
    Math.max(a.length, b.length) * Math.max(o.length, 1) > mostPairs
      ? [
          conflict(
            o,
            a,
            b,
            "The texts differ in too many lines to be compared.",
          ),
        ]
      : merge(o, a, b);
  return inWholeLines([head, ...pieces, tail]);
}

function merge(base: string[], yours: string[], theirs: string[]): Pieces {
  const regions = diff3Merge(yours, base, theirs, {
    excludeFalseConflicts: true,
  });
  return regions.map((region) => {
    if (region.conflict === undefined) return (region.ok ?? []).join("");
    const { a, o, b } = region.conflict;
    return conflict(o, a, b, "Both sides changed these lines.");
  });
}

function conflict(
  base: readonly string[],
  yours: readonly string[],
  theirs: readonly string[],
  reason: string,
): Conflict {
  return {
    name: "",
    reason,
    base: base.join(""),
    yours: yours.join(""),
    theirs: theirs.join(""),
  };
}

/** The lines that all texts start and end with, and what each has between them. */
function apart(...texts: readonly string[][]): {
  readonly head: string;
  readonly middle: readonly string[][];
  readonly tail: string;
} {
  const [first = []] = texts;
  const shortest = Math.min(...texts.map(({ length }) => length));
  const alike = (at: number): boolean =>
    texts.every((text) => text.at(at) === first.at(at));
  let head = 0;
  while (head < shortest && alike(head)) head += 1;
  let tail = 0;
  while (tail < shortest - head && alike(-1 - tail)) tail += 1;
  return {
    head: first.slice(0, head).join(""),
    middle: texts.map((text) => text.slice(head, text.length - tail)),
    tail: first.slice(first.length - tail).join(""),
  };
}
