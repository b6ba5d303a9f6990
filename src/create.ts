import type { Answers } from "./answers.ts";
import { planCreate, type CreatePlan } from "./create/plan-create.ts";
import type { Target } from "./create/target.ts";
import type { Project } from "./project/project.ts";
import { renderProject } from "./render.ts";
import { loadTemplates } from "./templates.ts";
import { toolVersion } from "./version.ts";
import { hashOf, type WriteChange } from "./write/change.ts";
import { writeNewDirectory } from "./write/new-directory.ts";
import { checkPaths } from "./write/paths.ts";
import { applyChanges } from "./write/transaction.ts";

/** What is to be created where. */
export interface CreateRequest {
  readonly project: Project;
  readonly answers: Answers;
  /** Plans everything and writes nothing. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Answers → plan → render → write: all of it or nothing.
 *
 * @throws ToolError with the project as it was before
 */
export async function createProject({
  project,
  answers,
  dryRun,
  signal,
}: CreateRequest): Promise<CreatePlan> {
  const rendered = renderProject(answers, await loadTemplates());
  const plan = await planCreate(
    project,
    answers,
    rendered,
    toolVersion,
    signal,
  );
  if (dryRun) checkPlan(plan);
  else await writePlan(project, plan, signal);
  return plan;
}

/** Finds before the first byte, and in a dry run too, what the writing would refuse. */
function checkPlan({ base, targets }: CreatePlan): void {
  checkPaths(base, [...targets.map(({ path }) => path)]);
}

async function writePlan(
  project: Project,
  plan: CreatePlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const changes = plan.targets
    .filter(({ action }) => action === "create" || action === "change")
    .map(toChange);
  if (!project.exists && plan.base === project.root) {
    await writeNewDirectory(project.root, changes, signal);
    return;
  }
  await applyChanges(plan.base, changes, { signal, durability: "replaced" });
}

function toChange({ path, before, after }: Target): WriteChange {
  const expected = before === null ? null : hashOf(before);
  return { kind: "write", path, content: after, expected };
}
