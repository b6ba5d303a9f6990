import { mergeFile } from "../merge.ts";
import { conflictsOf } from "../merge/merged.ts";
import { decideMerged } from "../merge/print-merged.ts";
import { allowInYaml } from "../project/yaml-allow.ts";
import type { AllowForm } from "../requirements/allow-forms.ts";

/** Merges pnpm-workspace.yaml: as text where that is clean, else a new permission goes into the table it belongs in. */
export function mergePermissions(
  path: string,
  base: string,
  yours: string,
  theirs: string,
): string {
  const merged = mergeFile({ path, base, yours, theirs });
  if (conflictsOf(merged).length === 0) return decideMerged(merged, () => "");
  const known = new Set(namesIn(base));
  const fresh = namesIn(theirs).filter((name) => !known.has(name));
  return allowInYaml(yours, fresh.map(permission));
}

/** The tool's own text has nothing but permissions, one a line. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/^ +(\S+): true$/gm)].map(([, name = ""]) => name);
}

function permission(name: string): AllowForm {
  return {
    file: "pnpm-workspace.yaml",
    keys: ["allowBuilds", name],
    value: true,
  };
}
