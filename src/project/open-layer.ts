import { ToolError } from "../errors.ts";
import { recoverProject } from "../write/recover.ts";
import { findLayer } from "./find-record.ts";
import { foldersUpwards } from "./package-manager.ts";
import { readRecordHead, type RecordHead } from "./record-head.ts";

/** A project in which the tool has put a layer. */
export interface OpenedLayer extends RecordHead {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The layer's folder, relative to it. */
  readonly layer: string;
}

/**
 * Opens the project that a folder lies in, and puts right what an interrupted run has left there.
 *
 * @throws ToolError `no-layer`
 */
export function openLayer(cwd: string): OpenedLayer {
  for (const root of foldersUpwards(cwd)) {
    recoverProject(root);
    const layer = findLayer(root);
    if (layer !== undefined) {
      return { root, layer, ...readRecordHead(root, layer) };
    }
  }
  throw new ToolError({
    code: "no-layer",
    message: `Found no database layer of this tool in ${cwd} or above it: the record .bento/record.json is missing.`,
    remedy:
      "Run the command in your project, or create a layer: create-bento-db",
  });
}
