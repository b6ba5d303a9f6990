import type { MergeKind } from "../plan.ts";

/** One file as it is to be in the project: LF line endings, one newline at the end. */
export interface RenderedFile {
  readonly id: string;
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** `user`: written once and never regenerated. */
  readonly owner: "tool" | "user";
  readonly merge: MergeKind;
}
