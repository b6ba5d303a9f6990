import { planFile } from "./plan-file.ts";
import type { PlanInput } from "./plan-input.ts";
import { fileActions, type FilePlan } from "./plan-outcome.ts";

/** A plan for every file, those that need the user first, then by action and path. */
export function planUpgrade(input: PlanInput): readonly FilePlan[] {
  const rank = ({ action }: FilePlan): number => fileActions.indexOf(action);
  return input.files
    .map((file) => planFile(file, input))
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}
