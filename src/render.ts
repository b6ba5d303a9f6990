import type { Answers } from "./answers.ts";
import { planFiles, type PlannedFile } from "./plan.ts";
import { escapeFor } from "./render/escape.ts";
import { renderProjectFiles } from "./render/project-files.ts";
import type { RenderedFile } from "./render/rendered-file.ts";
import { rewrite } from "./render/rewrite.ts";
import { joinSegments, type CompiledTemplate } from "./render/segments.ts";
import { tagsOf } from "./tags.ts";

export type { RenderedFile };

/** All templates by name, compiled. */
export type Templates = ReadonlyMap<string, CompiledTemplate>;

/**
 * Everything these answers bring, sorted by path. A new project comes with its package.json, tsconfig.json and the
 * like; for an existing one those are edited by what `requirementsOf` says.
 */
export function renderProject(
  answers: Answers,
  templates: Templates,
): readonly RenderedFile[] {
  const plan = planFiles(answers, [...templates.keys()]);
  return [
    ...renderPlan(plan, templates, answers),
    ...(answers.project === "new" ? renderProjectFiles(answers) : []),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The texts of a plan, in its order. */
export function renderPlan(
  plan: readonly PlannedFile[],
  templates: Templates,
  answers: Answers,
): readonly RenderedFile[] {
  const tags = tagsOf(answers);
  return plan.map((file) => {
    const template = templates.get(file.template) ?? [];
    const joined = joinSegments(
      template,
      tags,
      answers,
      escapeFor(file.target),
    );
    return {
      id: file.id,
      path: file.target,
      text: rewrite(joined, file, answers),
      owner: file.owner,
      merge: file.merge,
    };
  });
}
