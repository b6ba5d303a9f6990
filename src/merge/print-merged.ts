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

/** The merged text with markers as git writes them for `merge.conflictStyle=zdiff3`. */
export function printMarkers(merged: Merged, labels: MarkerLabels): string {
  return decideMerged(merged, ({ base, yours, theirs }) =>
    [
      `<<<<<<< ${labels.yours}\n`,
      ended(yours),
      `||||||| ${labels.base}\n`,
      ended(base),
      "=======\n",
      ended(theirs),
      `>>>>>>> ${labels.theirs}\n`,
    ].join(""),
  );
}

/** A marker must start a line of its own. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
