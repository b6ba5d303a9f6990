import { basename } from "node:path";
import type { Answers } from "./answers.ts";
import type { CommandResult } from "./commands/context.ts";
import { describeDetection } from "./create/describe-detection.ts";
import type { CreatePlan } from "./create/plan-create.ts";
import { reproduceCommand } from "./create/reproduce.ts";
import type { Target } from "./create/target.ts";
import type { Installation } from "./install.ts";
import type { Project } from "./project/project.ts";
import { joinSections } from "./report/join-sections.ts";
import { nextSteps } from "./report/next-steps.ts";
import { drawTree } from "./report/tree.ts";
import { styleFor, type Style } from "./terminal.ts";
import { toolVersion } from "./version.ts";

/** What creating has come to. */
export interface CreateOutcome {
  readonly project: Project;
  readonly answers: Answers;
  readonly plan: CreatePlan;
  /** Undefined where nothing was to be installed. */
  readonly installation: Installation | undefined;
  /** As it was named; undefined for the current folder. */
  readonly directory: string | undefined;
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly verbose: boolean;
  readonly colors: boolean;
  readonly columns: number | undefined;
}

/** The result of `create`, as text and as a document. */
export async function reportCreate(
  outcome: CreateOutcome,
): Promise<CommandResult> {
  const { project, answers, plan, installation, directory, dryRun } = outcome;
  const installed = installation?.ok === true;
  const next = nextSteps(answers, directory, installed, plan.scripts);
  const again = reproduceCommand(answers, project, directory, toolVersion);
  const failed = installation?.ok === false;
  return {
    exitCode: failed ? 1 : 0,
    json: {
      command: "create",
      version: toolVersion,
      root: project.root,
      dryRun,
      answers,
      detected: describeDetection(project, answers),
      files: plan.targets.map(({ path, action }) => ({ path, action })),
      base: plan.base,
      packages: plan.packages,
      scripts: plan.scripts,
      notes: plan.notes,
      installation: installation ?? null,
      next,
      reproduce: again,
    },
    text: outcome.diff
      ? await drawDiff(plan.targets)
      : drawReport(outcome, next, again),
    verbatim: outcome.diff,
  };
}

async function drawDiff(targets: readonly Target[]): Promise<string> {
  const { unifiedDiff } = await import("./report/unified-diff.ts");
  return targets
    .filter(({ action }) => action === "create" || action === "change")
    .map(({ path, before, after }) =>
      unifiedDiff(path, before?.toString("utf8") ?? null, after),
    )
    .join("");
}

function drawReport(
  outcome: CreateOutcome,
  next: readonly string[],
  again: string,
): string {
  const { plan, answers, project, verbose, columns, installation } = outcome;
  const style = styleFor(outcome.colors);
  const title = `${basename(plan.base)}/`;
  const layer = plan.prefix + answers.path;
  const notes = new Map([[`${plan.prefix}package.json`, packageNote(plan)]]);
  const sections = [
    `${style.bold(headline(outcome))}\n${style.dim(describeDetection(project, answers))}`,
    drawTree(title, layer, plan.targets, { notes, verbose, columns }),
    plan.notes.map((note) => `${style.yellow("!")} ${note}`).join("\n"),
    describeInstallation(installation, style),
    `${style.bold("Next:")}\n${next.map((line) => `  ${line}`).join("\n")}`,
    `${style.bold("The same again:")}\n  ${again}`,
  ];
  return joinSections(sections);
}

function headline({ project, answers, dryRun }: CreateOutcome): string {
  const names = { sqlite: "SQLite", postgres: "PostgreSQL" };
  const databases = answers.databases.map((name) => names[name]).join(" and ");
  const what =
    project.kind === "new"
      ? `a project with a database layer for ${databases}`
      : `a database layer for ${databases}`;
  return dryRun
    ? `Would create ${what}. Nothing was written.`
    : `Created ${what}.`;
}

function packageNote({ packages, scripts }: CreatePlan): string {
  const count = (list: readonly string[], noun: string): string =>
    `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
  return `${count(packages, "package")} and ${count(scripts, "script")} added`;
}

function describeInstallation(
  installation: Installation | undefined,
  style: Style,
): string {
  if (installation === undefined) return "";
  if (installation.ok) {
    const seconds = Math.round(installation.seconds);
    return `${style.green("✓")} ${installation.command} (${seconds} s)`;
  }
  const { command, problem, output } = installation;
  const block = output === "" ? "" : `\n${output}`;
  return `${style.red("✗")} ${command} failed: ${problem}. All files are written; put that right and run it again.${block}`;
}
