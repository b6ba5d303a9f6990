import type { BentoRecord } from "../record.ts";
import type { LayerFile } from "../upgrade/layer-state.ts";
import { statusOf } from "./file-status.ts";

/** What an upgrade has in store for a file, before any merge is tried. */
export const pendingActions = ["merge", "replace", "add", "delete"] as const;
export type PendingAction = (typeof pendingActions)[number];

/** A file that an upgrade would touch. */
export interface Pending {
  readonly path: string;
  readonly action: PendingAction;
}

/**
 * Compares what was emitted with what this version emits for the same answers; what the user deleted or took over stays
 * out of it.
 */
export function pendingFor(
  files: readonly LayerFile[],
  next: BentoRecord,
): readonly Pending[] {
  const now = new Map(files.map((file) => [file.recorded.id, file]));
  const emitted = new Map(next.files.map((file) => [file.id, file]));
  const touched = files.flatMap((file): Pending[] => {
    const { id, hash } = file.recorded;
    const status = statusOf(file);
    if (status === "detached" || status === "deleted") return [];
    if (emitted.get(id)?.hash === hash) return [];
    const untouched = status === "unchanged";
    const gone = !emitted.has(id);
    // What the user changed stays when its template is gone.
    if (gone && !untouched) return [];
    const action = gone ? "delete" : untouched ? "replace" : "merge";
    return [{ path: file.path, action }];
  });
  const added = next.files
    .filter(({ id }) => !now.has(id))
    .map(({ path }): Pending => ({ path, action: "add" }));
  return [...touched, ...added];
}
