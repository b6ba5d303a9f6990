import { linesOf } from "./lines-of.ts";
import type { Conflict, Merged } from "./merged.ts";

/** What conflict markers say of the three sides. */
export interface MarkerLabels {
  readonly yours: string;
  readonly base: string;
  readonly theirs: string;
}

/** The merged text with each conflict decided for one side. */
export function decideMerged(
  { pieces }: Merged,
  decide: (conflict: Conflict) => string,
): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : decide(piece)))
    .join("");
}

/**
 * The merged text with markers as git writes them for `merge.conflictStyle=zdiff3`: lines that both sides begin or end
 * with stand outside.
 */
export function printMarkers(merged: Merged, labels: MarkerLabels): string {
  return decideMerged(merged, (conflict) => {
    const yours = linesOf(conflict.yours);
    const theirs = linesOf(conflict.theirs);
    const head = sharedStart(yours, theirs);
    const tail = sharedStart(
      yours.slice(head).reverse(),
      theirs.slice(head).reverse(),
    );
    const end = conflict.yours.includes("\r\n") ? "\r\n" : "\n";
    const block = (lines: readonly string[]): string =>
      lines.map((line) => (line.endsWith("\n") ? line : line + end)).join("");
    return [
      ...yours.slice(0, head),
      `<<<<<<< ${labels.yours}${end}`,
      block(yours.slice(head, yours.length - tail)),
      `||||||| ${labels.base}${end}`,
      block(linesOf(conflict.base)),
      `=======${end}`,
      block(theirs.slice(head, theirs.length - tail)),
      `>>>>>>> ${labels.theirs}${end}`,
      ...yours.slice(yours.length - tail),
    ].join("");
  });
}

/** How many lines two lists begin with alike. */
function sharedStart(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((line, at) => line !== other[at]);
  return index === -1 ? one.length : index;
}
