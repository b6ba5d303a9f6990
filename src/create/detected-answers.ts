import { basename } from "node:path";
import { toApplicationName } from "../answers/application-name.ts";
import { defaultAnswers, type Answers } from "../answers.ts";
import type { Project } from "../project/project.ts";

/** What the project itself answers. */
export function detectAnswers(project: Project): Partial<Answers> {
  const { kind, details, manifest, root, packageManager } = project;
  const name = manifest?.values.name;
  const own = typeof name === "string" && name !== "" ? name : basename(root);
  const found: Partial<Answers> = {
    applicationName: toApplicationName(own),
    packageManager: packageManager.name,
    project: kind,
  };
  if (details === undefined) return found;
  const { layerPath, module, importExtension, testRunner } = details;
  return {
    ...found,
    path: layerPath,
    module,
    importExtension,
    ...(testRunner === undefined ? {} : { testRunner }),
  };
}

/** What is taken where neither the command line nor the project answers: an existing application needs no example. */
export function defaultsFor(project: Project): Answers {
  return project.kind === "existing"
    ? { ...defaultAnswers, example: "none" }
    : defaultAnswers;
}
