import type { ReadCode } from "./code.ts";
import { replayRenames } from "./replay-renames.ts";
import { replayWraps } from "./replay-wraps.ts";
import type { Sides } from "./sides.ts";

/** The texts after each side's renames, and the blocks that it put code into, were done on the other sides as well. */
export function replayChanges(
  sides: Sides,
  read: ReadCode,
  renames?: ReadonlyMap<string, string>,
): Sides {
  const base = read(sides.base);
  const yours = read(sides.yours);
  const theirs = read(sides.theirs);
  if (base === undefined || yours === undefined || theirs === undefined) {
    return sides;
  }
  const renamed = replayRenames({ base, yours, theirs }, read, renames);
  const wrapped = replayWraps(renamed, read);
  return {
    base: wrapped.base.text,
    yours: wrapped.yours.text,
    theirs: wrapped.theirs.text,
  };
}
