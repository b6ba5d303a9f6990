import type { ReadCode } from "./code.ts";
import { strayKeys, tallyCode, tallyText, type Tally } from "./conservation.ts";
import { duplicateMembers } from "./duplicate-members.ts";
import type { Conflict, Merged } from "./merged.ts";
import { decideMerged } from "./print-merged.ts";
import type { Sides } from "./sides.ts";

/**
 * Why a merged text cannot be trusted; empty when it can. It has to parse, to say nothing twice that should be there
 * once, and nothing less; every name has to stand for what it stood for on the side that it came from.
 */
export function objections(
  { base, yours, theirs }: Sides,
  pieces: Merged["pieces"],
  read: ReadCode,
): readonly string[] {
  const conflicts = pieces.filter((piece) => typeof piece !== "string");
  const decisions =
    conflicts.length === 0
      ? (["yours"] as const)
      : (["yours", "theirs"] as const);
  const [own, before, after] = [yours, base, theirs].map(read);
  return decisions.flatMap((side) => {
    const text = decideMerged(
      { pieces, stage: "lines" },
      (conflict) => conflict[side],
    );
    const merged = read(text);
    if (own === undefined || before === undefined || after === undefined) {
      return conserved([base, yours, theirs, text].map(tallyText), conflicts);
    }
    if (merged === undefined) return ["It does not parse."];
    return [
      ...conserved([before, own, after, merged].map(tallyCode), conflicts),
      ...duplicateMembers(merged).filter(
        (name) =>
          !duplicateMembers(own).includes(name) &&
          !duplicateMembers(after).includes(name),
      ),
    ];
  });
}

/** What is in a conflict is not settled yet, and neither is anything that the same words say elsewhere. */
function conserved(
  tallies: readonly Tally[],
  conflicts: readonly Conflict[],
): readonly string[] {
  const empty: Tally = new Map();
  const [base = empty, yours = empty, theirs = empty, merged = empty] = tallies;
  const stray = strayKeys(base, yours, theirs, merged);
  if (conflicts.length === 0) return stray;
  const open = tallyText(
    conflicts
      .map((conflict) => conflict.base + conflict.yours + conflict.theirs)
      .join("\n"),
  );
  return stray.filter((key) =>
    [...tallyText(key.replace(/→.*/, "")).keys()].every(
      (word) => !open.has(word),
    ),
  );
}
