import { unifiedDiff } from "../report/unified-diff.ts";
import type { LayerFile } from "../upgrade/layer-state.ts";
import { undress } from "../upgrade/text-dress.ts";
import { statusOf } from "./file-status.ts";
import { ownPart, pristinePart } from "./own-part.ts";

/**
 * What the user changed in a file, against the pristine text in the project's own style; empty where nothing is, or
 * where nothing can be compared.
 */
export function yourDiff(file: LayerFile): string {
  const { recorded, path, disk } = file;
  const base = file.styledBase ?? file.base;
  const status = statusOf(file);
  if (base === undefined || status === "detached") return "";
  const before = pristinePart(recorded.id, base);
  if (status === "deleted") return unifiedDiff(path, before, null);
  if (status === "unchanged") return moveOf(file);
  if (disk.kind !== "text") return `${path}: ${describe(file)}\n`;
  const after = ownPart(recorded.id, undress(disk.text), base);
  return moveOf(file) + unifiedDiff(path, before, after);
}

/** What is new in this version, against what was emitted before. */
export function upstreamDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
): string {
  return unifiedDiff(path, before ?? null, after ?? null);
}

/** `patch` and `git apply` take this line for a comment. */
function moveOf({ moved, recorded, path }: LayerFile): string {
  return moved ? `# ${recorded.path} is at ${path} now\n` : "";
}

function describe({ disk }: LayerFile): string {
  const found = { link: "a link", folder: "a folder", binary: "no UTF-8 text" };
  return `${disk.kind in found ? found[disk.kind as keyof typeof found] : "something else"} is there now`;
}
