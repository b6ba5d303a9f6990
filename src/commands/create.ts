import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import type { Answers } from "../answers.ts";
import { createProject } from "../create.ts";
import {
  readGivenAnswers,
  type GivenAnswers,
} from "../create/given-answers.ts";
import type { CreatePlan } from "../create/plan-create.ts";
import { resolveAnswers } from "../create/resolve-answers.ts";
import { cancelled, ToolError } from "../errors.ts";
import type { Installation } from "../install.ts";
import { findLayer } from "../project/find-record.ts";
import { detectProject, type Project } from "../project/project.ts";
import { reportCreate } from "../report.ts";
import { recoverProject } from "../write/recover.ts";
import { alreadyCreated } from "./already-created.ts";
import {
  isDryRun,
  isOn,
  type CommandContext,
  type CommandResult,
} from "./context.ts";

/** Puts a database layer into a new or an existing project. */
export async function runCreate(
  context: CommandContext,
): Promise<CommandResult> {
  const given = readGivenAnswers(context.invocation);
  const { directory, project } = await openProject(context, given);
  const layer = project.exists
    ? findLayer(project.root, textOf(given.answers.path))
    : undefined;
  if (layer !== undefined) {
    return alreadyCreated(project.root, layer, given.answers);
  }
  const ask = context.terminal.interactive && !isOn(context, "json");
  const answers = await resolveAnswers(
    given,
    project,
    ask ? (await import("../prompts.ts")).askIn(context) : undefined,
  );
  const dryRun = isDryRun(context);
  const { signal } = context;
  const plan = await createProject({ project, answers, dryRun, signal });
  const installation = dryRun
    ? undefined
    : await install(context, project, answers, plan);
  return reportCreate({
    project,
    answers,
    plan,
    installation,
    directory,
    dryRun,
    diff: isOn(context, "diff"),
    verbose: isOn(context, "verbose"),
    colors: context.terminal.colors,
    columns: context.terminal.columns,
  });
}

interface OpenedProject {
  /** As it was named on the command line or at the prompt. */
  readonly directory: string | undefined;
  readonly project: Project;
}

async function openProject(
  context: CommandContext,
  given: GivenAnswers,
): Promise<OpenedProject> {
  const { cwd, env, terminal } = context;
  if (given.directory !== undefined) {
    const root = resolve(cwd, given.directory);
    return { directory: given.directory, project: await open(root, env) };
  }
  const project = await open(cwd, env);
  const alone = project.kind === "new" && !project.empty;
  if (!alone || findLayer(cwd) !== undefined) {
    return { directory: undefined, project };
  }
  if (terminal.interactive && !given.yes && !isOn(context, "json")) {
    const { askDirectory } = await import("../prompts.ts");
    const directory = await askDirectory(context);
    return { directory, project: await open(resolve(cwd, directory), env) };
  }
  refuseUnlikelyPlace(cwd);
  return { directory: undefined, project };
}

/** Whatever an interrupted run has left is put right first. */
async function open(root: string, env: NodeJS.ProcessEnv): Promise<Project> {
  recoverProject(root);
  const project = await detectProject(root, env);
  const { workspaceRoot } = project;
  const outer = workspaceRoot && recoverProject(workspaceRoot);
  return outer === "rolled back" ? detectProject(root, env) : project;
}

/** Nobody means a whole home folder. */
function refuseUnlikelyPlace(folder: string): void {
  if (folder !== homedir() && dirname(folder) !== folder) return;
  throw new ToolError({
    code: "unlikely-place",
    exitCode: 2,
    message: `Expected a project's folder, and this is ${folder}.`,
    remedy:
      "Name a folder, such as create-bento-db my-app; a dot means this one.",
  });
}

async function install(
  context: CommandContext,
  project: Project,
  answers: Answers,
  plan: CreatePlan,
): Promise<Installation | undefined> {
  if (context.invocation.flags.install === false) return undefined;
  const isComplete =
    plan.packages.length === 0 &&
    existsSync(resolve(project.root, "node_modules"));
  if (isComplete) return undefined;
  const { installPackages } = await import("../install.ts");
  const { createProgress } = await import("../progress.ts");
  const { root } = project;
  const manager = answers.packageManager;
  const progress = createProgress(context.terminal);
  try {
    return await installPackages(root, manager, progress, context.signal);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw cancelled(
      `Cancelled. All files are written; the packages are not installed. Run ${manager} install in ${root}.`,
    );
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
