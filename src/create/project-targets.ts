import { join } from "node:path";
import type { Answers } from "../answers.ts";
import type { Project } from "../project/project.ts";
import { readText } from "../project/manifest.ts";
import { hoistedScript } from "../project/workspace.ts";
import { requirementsOf, type Requirements } from "../requirements.ts";
import type { OwnParts } from "../record/own-parts.ts";
import { layoutNotes } from "./layout-notes.ts";
import { readBytes, written, type Target } from "./target.ts";

/** The files that are edited by meaning rather than written. */
export interface ProjectTargets {
  /** Paths relative to the project. */
  readonly inside: readonly Target[];
  /** Paths relative to the root of the workspace around it. */
  readonly outside: readonly Target[];
  /** Rendered files that these take the place of. */
  readonly replaces: ReadonlySet<string>;
  readonly packages: readonly string[];
  readonly scripts: readonly string[];
  /** What of the layer's part in package.json was there before. */
  readonly own: OwnParts;
  readonly notes: readonly string[];
}

/** Edits package.json, tsconfig.json, and the file in which the package manager looks for permissions. */
export async function projectTargets(
  project: Project,
  answers: Answers,
): Promise<ProjectTargets> {
  const requirements = forWorkspace(requirementsOf(answers), project, answers);
  const bare = project.kind === "new" && project.workspaceRoot === undefined;
  const started: ProjectTargets = {
    inside: [],
    outside: [],
    replaces: new Set(),
    packages: [
      ...Object.keys(requirements.dependencies),
      ...Object.keys(requirements.devDependencies),
    ],
    scripts: requirements.scripts.map(({ name }) => name),
    own: new Map(),
    notes: [],
  };
  // A new project's files are rendered complete, and the editors stay unloaded.
  if (bare && project.empty) return started;
  const edits = await editExisting(project, requirements, started);
  return allowScripts(project, requirements, edits);
}

async function editExisting(
  project: Project,
  requirements: Requirements,
  started: ProjectTargets,
): Promise<ProjectTargets> {
  const { manifest, details, root } = project;
  if (manifest === undefined || details === undefined) return started;
  const { completeTsConfig, editPackageJson } =
    await import("../project/existing.ts");
  const edit = editPackageJson(manifest.text, requirements);
  const tsconfig = readText(join(root, "tsconfig.json"));
  const compiler =
    tsconfig === undefined
      ? []
      : [
          inPlace(root, "tsconfig.json", (text) =>
            completeTsConfig(
              text,
              details.tsconfig,
              details.typescript,
              requirements.compilerOptions,
            ),
          ),
        ];
  return {
    inside: [
      written("package.json", readBytes(root, "package.json"), edit.text),
      ...compiler,
    ],
    outside: [],
    replaces: started.replaces,
    packages: edit.packages,
    scripts: edit.scripts,
    own: new Map([["package.json", edit.own]]),
    notes: [...edit.notes, ...layoutNotes(project)],
  };
}

/** pnpm, npm, yarn and bun read permissions at the root of a workspace only. */
async function allowScripts(
  project: Project,
  { allowForms }: Requirements,
  edits: ProjectTargets,
): Promise<ProjectTargets> {
  const { workspaceRoot, root } = project;
  const place = workspaceRoot ?? root;
  const { allowInstallScripts } = await import("../project/existing.ts");
  const file = allowForms[0]?.file;
  if (file === undefined) return edits;
  const pending = edits.inside.find(({ path }) => path === file);
  const edit = (text: string): string => allowInstallScripts(text, allowForms);
  if (workspaceRoot === undefined) {
    if (project.kind === "new" && file === "package.json") return edits;
    const target =
      pending === undefined
        ? inPlace(root, file, edit)
        : written(file, pending.before, edit(pending.after));
    return {
      ...edits,
      replaces: new Set([file]),
      inside: [...edits.inside.filter(({ path }) => path !== file), target],
    };
  }
  const target = inPlace(place, file, edit);
  if (target.action === "same") return { ...edits, replaces: notInPackage };
  return {
    ...edits,
    replaces: notInPackage,
    outside: [target],
    notes: [
      ...edits.notes,
      `${join(place, file)} is outside of the package: it now allows the install scripts that the layer needs.`,
    ],
  };
}

/** A pnpm-workspace.yaml inside a package would make it a workspace of its own. */
const notInPackage: ReadonlySet<string> = new Set(["pnpm-workspace.yaml"]);

function inPlace(
  root: string,
  path: string,
  edit: (text: string) => string,
): Target {
  const before = readBytes(root, path);
  return written(path, before, edit(before?.toString("utf8") ?? ""));
}

function forWorkspace(
  requirements: Requirements,
  { workspaceRoot, root }: Project,
  { packageManager }: Answers,
): Requirements {
  return {
    ...requirements,
    scripts: requirements.scripts.map((script) => ({
      ...script,
      command: hoistedScript(
        script.command,
        root,
        workspaceRoot,
        packageManager,
      ),
    })),
  };
}
