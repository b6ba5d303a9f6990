/** The folder, below the layer's record, that holds what `undo` needs. */
export const undoFolder = ".bento/undo";

/** Whether a path is one that a journal may name to be replaced. */
export function isUndoFolder(path: unknown): boolean {
  return typeof path === "string" && `/${path}`.endsWith(`/${undoFolder}`);
}
