import type { Answers } from "../answers.ts";
import type { Project } from "../project/project.ts";

/** What was found in the project, in one line; what was found nowhere is left out. */
export function describeDetection(project: Project, answers: Answers): string {
  const { details, packageManager, workspaceRoot } = project;
  const source =
    packageManager.source === "default" ? "" : ` (${packageManager.source})`;
  const manager =
    answers.packageManager === packageManager.name
      ? packageManager.name + source
      : answers.packageManager;
  const endings = { ".ts": ".ts", ".js": ".js", "": "no ending" };
  return [
    ...(details?.frameworks ?? []),
    manager,
    answers.module === "esm" ? "ES modules" : "CommonJS",
    `imports with ${endings[answers.importExtension]}`,
    ...(details?.typescript === undefined
      ? []
      : [`TypeScript ${details.typescript}`]),
    ...(details?.formatter === undefined
      ? []
      : [details.formatter.name === "biome" ? "Biome" : "Prettier"]),
    ...(workspaceRoot === undefined ? [] : [`workspace ${workspaceRoot}`]),
  ].join(" · ");
}
