import { isOpen } from "../upgrade.ts";
import { conflictsOf } from "../merge/merged.ts";
import type { FilePlan } from "../upgrade/plan-outcome.ts";
import type { UpgradeOutcome } from "./upgrade-outcome.ts";

/** The whole outcome as one document. */
export function upgradeJson(
  outcome: UpgradeOutcome,
  releaseNotes: readonly string[],
  next: readonly string[],
): Readonly<Record<string, unknown>> {
  const { invocation, from, plan, written } = outcome;
  return {
    command: invocation.command,
    root: from.root,
    layer: from.layer,
    from: from.version,
    version: plan.version,
    answers: plan.answers,
    written,
    upToDate: plan.changes.length === 0 && !isOpen(plan),
    files: plan.files.map(fileJson),
    packages: plan.packages,
    notes: plan.notes,
    releaseNotes,
    types: { ...plan.types, unchecked: plan.types.unchecked ?? null },
    installation: outcome.installation ?? null,
    verification: outcome.verification ?? null,
    next,
  };
}

function fileJson(file: FilePlan): Readonly<Record<string, unknown>> {
  const { id, path, from, action, stage, note, conflict, pieces, next } = file;
  return {
    id,
    path,
    from: from ?? null,
    action,
    stage: stage ?? null,
    note,
    state: next?.file.state ?? null,
    pieces: pieces ?? [],
    conflicts: conflict === undefined ? [] : conflictsOf(conflict.merged),
  };
}
