import {
  decideConflicts,
  decisions,
  type ConflictMode,
} from "./plan-conflicts.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { planOverlay } from "./plan-overlays.ts";
import type { Overlay } from "./type-check.ts";

/** A side for which all conflicts can be decided. */
export type Side = "yours" | "theirs";

/** The sides for which the conflicts can still be decided; one is enough where there are none. */
export function openSides(
  files: readonly FilePlan[],
  mode: ConflictMode,
): readonly Side[] {
  if (mode === "new") return ["theirs"];
  const isOpen = files.some(({ conflict }) => conflict !== undefined);
  return mode === "mine" || !isOpen ? ["yours"] : ["yours", "theirs"];
}

/** The plan with all conflicts decided for one side. */
export function settle(
  files: readonly FilePlan[],
  side: Side,
  version: string,
): readonly FilePlan[] {
  const decide = side === "yours" ? decisions.mine : decisions.new;
  return decideConflicts(files, decide, version);
}

/** The tree of a plan; some files, by path, are as another plan has them instead, or else as they are on the disk. */
export function treeOf(
  files: readonly FilePlan[],
  flipped: ReadonlySet<string> = new Set(),
  others: readonly FilePlan[] = [],
): Overlay {
  return planOverlay([
    ...files.filter(({ path }) => !flipped.has(path)),
    ...others.filter(({ path }) => flipped.has(path)),
  ]);
}
