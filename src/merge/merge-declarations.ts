import type { ReadCode } from "./code.ts";
import { nameIn } from "./conservation.ts";
import { doubtOf, type Doubt } from "./gate.ts";
import { mergeTree, type Disputes } from "./merge-tree.ts";
import type { Sides } from "./sides.ts";
import { suspectsOf } from "./suspects.ts";
import type { Pieces } from "./whole-lines.ts";

/**
 * Merges by declarations. What the gate objects to is left to the user, declaration by declaration; undefined where even
 * that does not bring about a text that can be trusted.
 */
export function mergeDeclarations(
  sides: Sides,
  read: ReadCode,
  disputes: Disputes = new Map(),
): Pieces | undefined {
  const base = read(sides.base);
  const yours = read(sides.yours);
  const theirs = read(sides.theirs);
  if (base === undefined || yours === undefined || theirs === undefined) {
    return undefined;
  }
  const pieces = mergeTree(base, yours, theirs, disputes);
  const doubt = doubtOf(sides, pieces, read);
  if (doubt === undefined) return pieces;
  const fresh = suspectsOf(doubt, { base, yours, theirs })
    .map((names) => names.filter((name) => !disputes.has(name)))
    .find((names) => names.length > 0);
  if (fresh === undefined) return undefined;
  const added = fresh.map((name) => [name, reasonOf(doubt)] as const);
  return mergeDeclarations(sides, read, new Map([...disputes, ...added]));
}

/** Says which name it is about, if it is about one; marks, comments and texts tell a user nothing. */
function reasonOf({ stray, merged }: Doubt): string {
  const word = stray.map(nameIn).find((key) => /^[A-Za-z_$][\w$]*$/.test(key));
  return merged === undefined || word === undefined
    ? "What you and the new version changed does not fit together."
    : `Put together, your change and the new version's do not agree on \`${word}\`.`;
}
