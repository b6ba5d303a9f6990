import type { Answers } from "./answers.ts";
import type { MergeKind, PlannedFile } from "./plan.ts";
import type { CompiledTemplate } from "./render/segments.ts";

/** All templates by name, compiled. */
export type Templates = ReadonlyMap<string, CompiledTemplate>;

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
