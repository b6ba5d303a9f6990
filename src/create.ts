import type { Answers } from "./answers.ts";
import { planCreate, type CreatePlan } from "./create/plan-create.ts";
import type { Target } from "./create/target.ts";
import type { Project } from "./project/project.ts";
import { renderProject } from "./render.ts";
import { loadTemplates } from "./templates.ts";
import { toolVersion } from "./version.ts";
import type { WriteChange } from "./write/change.ts";

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
  if (dryRun) await checkPlan(plan);
  else await writePlan(project, plan, signal);
  return plan;
}

/** Finds before the first byte, and in a dry run too, what the writing would refuse. */
async function checkPlan({ base, targets }: CreatePlan): Promise<void> {
  const { checkPaths } = await import("./write/paths.ts");
  checkPaths(base, [...targets.map(({ path }) => path)]);
}

async function writePlan(
  project: Project,
  plan: CreatePlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const writes = plan.targets.filter(
    ({ action }) => action === "create" || action === "change",
  );
  if (!project.exists && plan.base === project.root) {
    const { writeNewDirectory } = await import("./write/new-directory.ts");
    await writeNewDirectory(project.root, await toChanges(writes), signal);
    return;
  }
  const { applyChanges } = await import("./write/transaction.ts");
  const changes = await toChanges(writes);
  await applyChanges(
    plan.base,
    changes,
    signal === undefined ? {} : { signal },
  );
}

async function toChanges(targets: readonly Target[]): Promise<WriteChange[]> {
  const { hashOf } = await import("./write/change.ts");
  return targets.map(({ path, before, after }) => ({
    kind: "write",
    path,
    content: after,
    expected: before === null ? null : hashOf(before),
  }));
}
