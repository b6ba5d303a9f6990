/** What goes wrong at the k-th file operation. */
export type FaultKind =
  "count" | "kill" | "torn" | "dead" | "full" | "broken" | "interrupt";

/** Lets the `at`-th operation below `root` go wrong; counting starts anew. */
export function arm(kind: FaultKind, at: number, root: string): void;

/** The operations since `arm`, each with its first arguments. */
export function calls(): readonly (readonly string[])[];

/** Ends it and tells how many operations there were. */
export function disarm(): number;
