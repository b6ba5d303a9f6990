import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Answers, parseAnswers } from "../../src/answers.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";

/** A project on disk as the tool emits it; it finds the repository's node_modules above itself. */
export interface RenderedProject {
  readonly folder: string;
  remove(): void;
}

const cache = join(import.meta.dirname, "../../.test-cache");

/** Renders a new project for these answers, defaults for the rest, without installing anything. */
export async function renderTestProject(
  answers: Partial<Answers> = {},
): Promise<RenderedProject> {
  const parsed = parseAnswers(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "project-"));
  for (const file of renderProject(parsed.answers, await loadTemplates())) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
