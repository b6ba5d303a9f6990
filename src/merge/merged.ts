/** The steps of a merge, from the plainest on; a report lists the later ones for review. */
export const mergeStages = [
  "same",
  "lines",
  "restyled",
  "renames",
  "declarations",
] as const;
export type MergeStage = (typeof mergeStages)[number];

/** One place where both sides changed the same thing; each text is in the user's style and line endings. */
export interface Conflict {
  /** What it is about, such as a declaration's name; empty where the text has no declarations. */
  readonly name: string;
  /** Why it was not merged, in a short sentence. */
  readonly reason: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}

/** A merged text in order: what is settled, and what is left to the user. */
export interface Merged {
  readonly pieces: readonly (string | Conflict)[];
  /** The last stage that was needed. */
  readonly stage: MergeStage;
  /**
   * What keeps the result from being checked: `markers` of an earlier merge are left in the user's text, which is then
   * one conflict as a whole and to be refused; or it is code that does not parse, and was merged by lines alone.
   */
  readonly doubt?: "markers" | "unparsed";
}

/** The conflicts of a merged text in order. */
export function conflictsOf({ pieces }: Merged): readonly Conflict[] {
  return pieces.filter((piece) => typeof piece !== "string");
}
