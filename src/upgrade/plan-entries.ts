import type { FileState } from "../record.ts";
import { withOwn } from "../record/own-parts.ts";
import type { LayerFile } from "./layer-file.ts";
import type { EmittedFile } from "./plan-input.ts";
import type { FilePlan, NextEntry } from "./plan-outcome.ts";

/** A plan that touches nothing. */
export function keep(
  file: LayerFile,
  next: NextEntry | undefined,
  note: string,
): FilePlan {
  return {
    id: next?.file.id ?? file.recorded.id,
    path: file.path,
    from: undefined,
    action: "keep",
    stage: undefined,
    note,
    text: undefined,
    conflict: undefined,
    next,
  };
}

/** A file that neither side knows any more. */
export function emptyPlan(id: string): FilePlan {
  return {
    id,
    path: id,
    from: undefined,
    action: "keep",
    stage: undefined,
    note: "",
    text: undefined,
    conflict: undefined,
    next: undefined,
  };
}

/** The entry once this version's text is the base: where the file is, and what it was emitted as. */
export function nextEntry(file: LayerFile, theirs: EmittedFile): NextEntry {
  const { path } = file;
  // An unchanged text keeps the version that it first came with.
  const same =
    file.recorded.hash === theirs.recorded.hash &&
    file.recorded.id === theirs.recorded.id;
  const version = same ? file.recorded.version : theirs.recorded.version;
  const entry = { ...theirs.recorded, path, version };
  return {
    file: withOwn(entry, file.recorded.own),
    base: theirs.pristine,
  };
}

/** The entry in another state. */
export function withState<T extends NextEntry | undefined>(
  entry: T,
  state: FileState,
): T {
  return entry && { ...entry, file: { ...entry.file, state } };
}
