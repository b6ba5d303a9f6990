import type { Answers } from "../../src/answers.ts";
import { planFiles, type PlannedFile } from "../../src/plan.ts";
import {
  renderPlan,
  type RenderedFile,
  type Templates,
} from "../../src/render.ts";
import { renderProjectFiles } from "../../src/render/project-files.ts";
import type { CompiledTemplate } from "../../src/render/segments.ts";
import { tagsOf, type TagName } from "../../src/tags.ts";

/**
 * Renders many combinations quickly: a plan is made once for answers with equal tags, and a file once for all answers
 * that agree on what its text can depend on: the tags in its template, its place, and what the one pass reads.
 */
export class Rendering {
  readonly #templates: Templates;
  readonly #names: readonly string[];
  readonly #tags: ReadonlyMap<string, readonly TagName[]>;
  readonly #plans = new Map<string, readonly PlannedFile[]>();
  readonly #files = new Map<string, RenderedFile>();

  constructor(templates: Templates) {
    this.#templates = templates;
    this.#names = [...templates.keys()];
    this.#tags = new Map(
      [...templates].map(([name, template]) => [name, tagsIn(template)]),
    );
  }

  /** What `renderProject` gives; equal texts are the same object. */
  files(answers: Answers): readonly RenderedFile[] {
    const rendered = this.#plan(answers).map((file) =>
      this.#file(file, answers),
    );
    return answers.project === "new"
      ? [...rendered, ...this.#projectFiles(answers)]
      : rendered;
  }

  #plan(answers: Answers): readonly PlannedFile[] {
    const key = `${JSON.stringify(tagsOf(answers))} ${answers.path}`;
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = planFiles(answers, this.#names);
      this.#plans.set(key, plan);
    }
    return plan;
  }

  #file(file: PlannedFile, answers: Answers): RenderedFile {
    const tags = tagsOf(answers);
    const key = [
      file.template,
      file.target,
      ...(this.#tags.get(file.template) ?? []).map((tag) => tags[tag]),
      answers.path,
      answers.module,
      answers.importExtension,
      answers.testRunner,
      answers.packageManager,
      answers.applicationName,
    ].join("|");
    return this.#once(key, () => renderPlan([file], this.#templates, answers));
  }

  #projectFiles(answers: Answers): readonly RenderedFile[] {
    return renderProjectFiles(answers).map((file) =>
      this.#once(`${file.path}|${file.text}`, () => [file]),
    );
  }

  #once(key: string, make: () => readonly RenderedFile[]): RenderedFile {
    let file = this.#files.get(key);
    if (file === undefined) {
      const made = make()[0];
      if (made === undefined) throw new Error(`${key} rendered to nothing`);
      // Answers that differ only in what this text does not use share one object.
      const content = `text|${made.path}|${made.text}`;
      file = this.#files.get(content) ?? made;
      this.#files.set(content, file);
      this.#files.set(key, file);
    }
    return file;
  }
}

function tagsIn(template: CompiledTemplate): readonly TagName[] {
  return template.flatMap((segment) =>
    typeof segment === "object" && "tag" in segment ? [segment.tag] : [],
  );
}
