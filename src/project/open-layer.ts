import { existsSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../errors.ts";
import { recoverProject } from "../write/recover.ts";
import { closedFolders, closedNote, findLayer } from "./find-record.ts";
import { foldersUpwards } from "./package-manager.ts";
import { findWorkspaceRoot } from "./workspace.ts";
import { readRecordHead, type RecordHead } from "./record-head.ts";

/** A project in which the tool has put a layer. */
export interface OpenedLayer extends RecordHead {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The layer's folder, relative to it. */
  readonly layer: string;
}

/** Where a layer is: all that is needed where the record itself may be damaged. */
export type LayerPlace = Pick<OpenedLayer, "root" | "layer">;

/**
 * Opens the project that a folder lies in, and puts right what an interrupted run has left there.
 *
 * @throws ToolError `no-layer`, `damaged-record`
 */
export function openLayer(cwd: string): OpenedLayer {
  const { root, layer } = locateLayer(cwd);
  return { root, layer, ...readRecordHead(root, layer) };
}

/**
 * The same without a look into the record.
 *
 * @throws ToolError `no-layer`
 */
export function locateLayer(cwd: string): LayerPlace {
  const closed: string[] = [];
  for (const root of foldersUpwards(cwd)) {
    recoverProject(root);
    const workspaceRoot = findWorkspaceRoot(root);
    if (workspaceRoot !== undefined) recoverProject(workspaceRoot);
    // A folder above that is no project may hold the projects of others.
    const own = root === cwd || existsSync(join(root, "package.json"));
    const layer = own ? findLayer(root) : undefined;
    if (layer !== undefined) return { root, layer };
    if (own) closed.push(...closedFolders(root));
  }
  throw new ToolError({
    code: "no-layer",
    message: `Found no database layer of this tool in ${cwd} or above it: the record .bento/record.json is missing.${closedNote(closed)}`,
    remedy:
      "Run the command in your project, or create a layer: create-bento-db. A layer that lost its record gets one by create-bento-db adopt.",
  });
}
