import type { PackageManager } from "../answers.ts";
import { setValue, valueAt } from "../project/json-text.ts";
import { findWorkspaceRoot, hoistedScript } from "../project/workspace.ts";

/** Where package managers read at the root of a workspace only. */
const permissions = ["allowScripts", "dependenciesMeta", "trustedDependencies"];

/** The recorded part of package.json as it was put into this project: a package of a workspace gets it changed. */
export function fragmentFor(
  root: string,
  manager: PackageManager,
): (id: string, text: string) => string {
  const workspaceRoot = findWorkspaceRoot(root);
  return (id, text) => {
    if (id !== "package.json" || workspaceRoot === undefined) return text;
    const own = permissions
      .filter((name) => valueAt(text, [name]) !== undefined)
      .reduce((rest, name) => setValue(rest, [name], undefined), text);
    return hoistedScript(own, root, workspaceRoot, manager);
  };
}
