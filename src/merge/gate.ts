import type { Code, ReadCode } from "./code.ts";
import {
  nameIn,
  strayKeys,
  tallyCode,
  tallyText,
  type Tally,
} from "./conservation.ts";
import { duplicateMembers } from "./duplicate-members.ts";
import { importedTwice } from "./imported-twice.ts";
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
  const open = openWords(conflictsOf({ pieces, stage: "lines" }));
  const decisions: readonly (keyof Sides)[] =
    open.size === 0 ? ["yours"] : ["yours", "theirs"];
  const [base, yours, theirs] = [sides.base, sides.yours, sides.theirs].map(
    read,
  );
  for (const side of decisions) {
    const text = decide(pieces, side);
    if (base === undefined || yours === undefined || theirs === undefined) {
      const texts = [sides.base, sides.yours, sides.theirs, text];
      const stray = unsettled(texts.map(tallyText), open);
      if (stray.length > 0) return { stray };
      continue;
    }
    const merged = read(text);
    const known = [...yours.faults, ...theirs.faults];
    const isNew = (fault: string): boolean =>
      !known.includes(fault) && !open.has(quotedIn(fault));
    if (merged?.faults.some(isNew) !== false) return { stray: [] };
    const stray = [
      ...unsettled([base, yours, theirs, merged].map(tallyCode), open),
      ...newOnes(duplicateMembers, merged, [yours, theirs]),
      ...newOnes(importedTwice, merged, [yours, theirs]).filter(
        (name) => !open.has(name),
      ),
    ];
    if (stray.length > 0) return { stray, merged };
  }
  return undefined;
}

function decide(pieces: Pieces, side: keyof Sides): string {
  return decideMerged({ pieces, stage: "lines" }, (conflict) => conflict[side]);
}

/** What is in a conflict is open yet, and so is how often the same words are to be found elsewhere. */
function openWords(conflicts: readonly Conflict[]): Tally {
  const texts = conflicts.flatMap((one) => [one.base, one.yours, one.theirs]);
  return tallyText(texts.join("\n"));
}

function unsettled(tallies: readonly Tally[], open: Tally): readonly string[] {
  const empty: Tally = new Map();
  const [base = empty, yours = empty, theirs = empty, merged = empty] = tallies;
  const stray = strayKeys(base, yours, theirs, merged);
  return open.size === 0 ? stray : stray.filter((key) => !isOpen(key, open));
}

/** A key without a word is what stands between the values of a template. */
function isOpen(key: string, open: Tally): boolean {
  const words = [...tallyText(nameIn(key)).keys()];
  return words.length === 0 || words.some((word) => open.has(word));
}

/** The name that the parser complains about. */
function quotedIn(fault: string): string {
  return /['"`]([^'"`]+)['"`]/.exec(fault)?.[1] ?? "";
}

function newOnes(
  find: (code: Code) => readonly string[],
  merged: Code,
  sides: readonly Code[],
): readonly string[] {
  const found = find(merged);
  if (found.length === 0) return [];
  const known = new Set(sides.flatMap(find));
  return found.filter((name) => !known.has(name));
}
