import { allowInYaml, withdrawInYaml } from "../project/yaml-allow.ts";
import type { AllowForm } from "../requirements/allow-forms.ts";
import type { Owned } from "./plan-own.ts";

/** Merges pnpm-workspace.yaml: a permission comes into the table it belongs in, or goes from it; the rest is the user's. */
export function mergePermissions(
  yours: string,
  { base, theirs }: Owned<string>,
): string {
  if (yours === base) return theirs;
  const [old, now] = [namesIn(base), namesIn(theirs)];
  const withdrawn = withdrawInYaml(
    yours,
    old.filter((name) => !now.includes(name)),
  );
  const fresh = now.filter((name) => !old.includes(name));
  return allowInYaml(withdrawn, fresh.map(permission));
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
