import type { LayerFile } from "./layer-file.ts";
import { keep, nextEntry, withState } from "./plan-entries.ts";
import type { EmittedFile } from "./plan-input.ts";
import type { FilePlan } from "./plan-outcome.ts";

/** The user deleted it, now or earlier. */
export function isTakenOut({ recorded, standing }: LayerFile): boolean {
  return recorded.state === "deleted" || standing === "missing";
}

/** It stays deleted. */
export function planTakenOut(file: LayerFile, theirs: EmittedFile): FilePlan {
  const changed = file.recorded.hash !== theirs.recorded.hash;
  const next = withState(nextEntry(file, theirs), "deleted");
  const note = changed
    ? `you removed it; this version changes it (create-bento-db add --restore ${file.path})`
    : "you removed it";
  return keep(file, next, note);
}

/** A link, a folder or something that is no text: never written, and the record stays as it is. */
export function planReplaced(file: LayerFile, theirs: EmittedFile): FilePlan {
  const what = {
    link: "a link is in its place, which is never written through",
    folder: "a folder is in its place",
    binary: "it is no UTF-8 text",
    none: "it is not there",
    text: "",
  }[file.disk.kind];
  const changed = file.recorded.hash !== theirs.recorded.hash;
  const note = changed ? `${what}: this version's changes are left out` : what;
  return keep(file, { file: file.recorded, base: undefined }, note);
}
