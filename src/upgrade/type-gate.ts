import { loadCompiler } from "./compiler.ts";
import type { LayerState } from "./layer-state.ts";
import type { ConflictMode } from "./plan-conflicts.ts";
import type { PlanInput } from "./plan-input.ts";
import { isModule, touchesDisk, type FilePlan } from "./plan-outcome.ts";
import { TypeCheck, type Surroundings } from "./type-check.ts";
import { TypeGate, type Passed } from "./type-rounds.ts";

/** What the type check has said. */
export interface TypeReport {
  /** Why it was not asked; undefined where it was. */
  readonly unchecked: string | undefined;
  /** Errors that this version brings to code that it does not write. */
  readonly news: readonly string[];
  /** What of the errors that became questions is there as they were decided. */
  readonly left: readonly string[];
}

/** A plan after the type check. */
export interface Checked extends Passed {
  /** Why it was not asked; undefined where it was. */
  readonly unchecked: string | undefined;
}

/**
 * Checks the tree as it would be. An error that neither the project as it is, nor the new layer alone, nor the old one
 * has came in by merging: the files that it hangs on become conflicts. What hangs on how an open conflict is decided is
 * said in that conflict, and is no question of its own.
 */
export async function checkTypes(
  state: LayerState,
  input: PlanInput,
  files: readonly FilePlan[],
  { conflicts, ...surroundings }: Surroundings & { conflicts: ConflictMode },
): Promise<Checked> {
  const isConcerned = files.some(
    (file) =>
      isModule(file.path) && (touchesDisk(file) || file.conflict !== undefined),
  );
  if (!isConcerned) return unasked(files, undefined);
  const ts = loadCompiler(state.root);
  if (typeof ts === "string") return unasked(files, ts);
  const layer = state.files.filter(({ disk }) => disk.kind === "text");
  const paths = layer.map(({ path }) => path).filter(isModule);
  const check = new TypeCheck(state.root, ts, paths, surroundings);
  const passed = await new TypeGate(check, input, conflicts).pass(files);
  return { ...passed, unchecked: undefined };
}

function unasked(
  files: readonly FilePlan[],
  reason: string | undefined,
): Checked {
  return {
    files,
    unchecked: reason,
    news: [],
    left: () => Promise.resolve([]),
  };
}
