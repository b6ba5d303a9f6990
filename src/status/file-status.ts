import type { LayerFile } from "../upgrade/layer-state.ts";

/** How a file stands to what was emitted; `detached` ones are the user's own and are not compared. */
export const fileStatuses = [
  "conflicted",
  "changed",
  "deleted",
  "replaced",
  "unknown",
  "detached",
  "unchanged",
] as const;
export type FileStatus = (typeof fileStatuses)[number];

/** The status of one file. */
export function statusOf({ recorded, standing }: LayerFile): FileStatus {
  if (recorded.state === "detached") return "detached";
  if (standing === "missing") return "deleted";
  if (recorded.state === "conflicted") return "conflicted";
  return standing;
}
