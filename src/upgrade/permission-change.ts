import { join } from "node:path";
import type { Answers } from "../answers.ts";
import { allowInstallScripts } from "../project/install-scripts.ts";
import { findWorkspaceRoot } from "../project/workspace.ts";
import { newAllowForms } from "../requirements/allow-forms.ts";
import { hashOf, type WriteChange } from "../write/change.ts";
import { readFileOnDisk } from "./file-on-disk.ts";
import type { LayerState } from "./layer-state.ts";
import type { FilePlan } from "./plan-outcome.ts";

/** An edit of the user's own file with permissions, which the record does not have. */
export interface PermissionChange {
  /** The folder that the path is counted from: the project, or the workspace around it. */
  readonly base: string;
  readonly change: WriteChange & { readonly content: string };
  readonly before: string | null;
  readonly note: string;
}

/** Gives the permission for install scripts that the new answers need and the old ones did not. */
export function permissionChange(
  { root, record }: LayerState,
  answers: Answers,
  files: readonly FilePlan[],
): PermissionChange | undefined {
  const forms = newAllowForms(record.answers, answers);
  const path = forms[0]?.file;
  const workspaceRoot = findWorkspaceRoot(root);
  if (path === undefined) return undefined;
  if (workspaceRoot === undefined && isMerged(path, files)) return undefined;
  const base = workspaceRoot ?? root;
  const disk = readFileOnDisk(base, path);
  const before = disk.kind === "text" ? disk.text : null;
  const content = allowInstallScripts(before ?? "", forms);
  if (content === before) return undefined;
  const expected = "bytes" in disk ? hashOf(disk.bytes) : null;
  const shown = workspaceRoot === undefined ? path : join(base, path);
  return {
    base,
    change: { kind: "write", path, content, expected },
    before,
    note: `${shown} now allows the install scripts that the layer needs.`,
  };
}

/** Where the record has the file, its permissions are merged with the rest of it. */
function isMerged(path: string, files: readonly FilePlan[]): boolean {
  return files.some(({ id, next }) => id === path && next !== undefined);
}
