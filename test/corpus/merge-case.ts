/** One file of one release and the next, as emitted. */
export interface ReleasePair {
  readonly path: string;
  readonly base: string;
  readonly theirs: string;
}

/**
 * What a merge is judged by. `merge`: the outcome is known, since the user's change can be made in the new release as
 * well; a conflict is a false one. `conflict`: both changed one thing differently. `either`: a conflict is as good.
 */
export type Wanted = "merge" | "conflict" | "either";

/** One file that both sides changed. */
export interface MergeCase {
  /** What the user did, and where it was made to meet what upstream did. */
  readonly kind: string;
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** Base and theirs as the formatter of the user's project writes them. */
  readonly restyled?: { readonly base: string; readonly theirs: string };
  readonly wanted: Wanted;
  /** The texts that a clean merge may give, apart from layout in what upstream changed; empty for `conflict`. */
  readonly expected: readonly string[];
  /** Words that the two sides of one conflict must show. */
  readonly contested?: { readonly yours: string; readonly theirs: string };
}
