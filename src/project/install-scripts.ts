import type { AllowForm } from "../requirements/allow-forms.ts";
import { allowInPackageJson } from "./package-json.ts";
import { allowInYaml } from "./yaml-allow.ts";

/** Adds permissions to the text of the file in which the package manager looks for them; what is there stays. */
export function allowInstallScripts(
  text: string,
  forms: readonly AllowForm[],
): string {
  return allowInYaml(allowInPackageJson(text, forms), forms);
}
