/** The three texts of a merge. */
export interface Sides {
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}
