import type { Code, ReadCode } from "./code.ts";
import {
  nameIn,
  strayKeys,
  tallyCode,
  tallyText,
  type Tally,
} from "./conservation.ts";
import { duplicateMembers } from "./duplicate-members.ts";
import { conflictsOf, type Conflict } from "./merged.ts";
import { decideMerged } from "./print-merged.ts";
import type { Sides } from "./sides.ts";
import type { Pieces } from "./whole-lines.ts";

/** Why a merged text cannot be trusted. */
export interface Doubt {
  /** What it says too often or too seldom. */
  readonly stray: readonly string[];
  /** The text itself, where it parses at all. */
  readonly merged?: Code;
}

/**
 * Looks for a reason not to trust a merged text. It has to parse, to say nothing twice that should be there once, and
 * nothing less; every name has to stand for what it stood for on the side that it came from.
 */
export function doubtOf(
  sides: Sides,
  pieces: Pieces,
  read: ReadCode,
): Doubt | undefined {
  const conflicts = conflictsOf({ pieces, stage: "lines" });
  const decisions: readonly (keyof Sides)[] =
    conflicts.length === 0 ? ["yours"] : ["yours", "theirs"];
  const [base, yours, theirs] = [sides.base, sides.yours, sides.theirs].map(
    read,
  );
  for (const side of decisions) {
    const text = decide(pieces, side);
    if (base === undefined || yours === undefined || theirs === undefined) {
      const texts = [sides.base, sides.yours, sides.theirs, text];
      const stray = unsettled(texts.map(tallyText), conflicts);
      if (stray.length > 0) return { stray };
      continue;
    }
    const merged = read(text);
    const known = [...yours.faults, ...theirs.faults];
    if (merged?.faults.every((fault) => known.includes(fault)) !== true) {
      return { stray: [] };
    }
    const stray = [
      ...unsettled([base, yours, theirs, merged].map(tallyCode), conflicts),
      ...newDuplicates(merged, [yours, theirs]),
    ];
    if (stray.length > 0) return { stray, merged };
  }
  return undefined;
}

function decide(pieces: Pieces, side: keyof Sides): string {
  return decideMerged({ pieces, stage: "lines" }, (conflict) => conflict[side]);
}

/** What is in a conflict is open yet, and so is how often the same words are to be found elsewhere. */
function unsettled(
  tallies: readonly Tally[],
  conflicts: readonly Conflict[],
): readonly string[] {
  const empty: Tally = new Map();
  const [base = empty, yours = empty, theirs = empty, merged = empty] = tallies;
  const stray = strayKeys(base, yours, theirs, merged);
  if (conflicts.length === 0) return stray;
  const texts = conflicts.flatMap((one) => [one.base, one.yours, one.theirs]);
  const open = tallyText(texts.join("\n"));
  return stray.filter((key) =>
    [...tallyText(nameIn(key)).keys()].every((word) => !open.has(word)),
  );
}

function newDuplicates(
  merged: Code,
  sides: readonly Code[],
): readonly string[] {
  const found = duplicateMembers(merged);
  if (found.length === 0) return [];
  const known = new Set(sides.flatMap(duplicateMembers));
  return found.filter((name) => !known.has(name));
}
