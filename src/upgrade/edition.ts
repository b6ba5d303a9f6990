import type { Answers } from "../answers.ts";
import { releaseRenames, type ReleaseRenames } from "../plan/renames.ts";
import { renderProject, type RenderedFile, type Templates } from "../render.ts";
import { loadTemplates } from "../templates.ts";
import { toolVersion } from "../version.ts";

/** One version of the tool by what it emits. */
export interface Edition {
  readonly version: string;
  readonly templates: Templates;
  readonly render: (answers: Answers) => readonly RenderedFile[];
  readonly renames: Readonly<Record<string, ReleaseRenames>>;
}

/** This version. */
export async function thisEdition(): Promise<Edition> {
  const templates = await loadTemplates();
  return {
    version: toolVersion,
    templates,
    render: (answers) => renderProject(answers, templates),
    renames: releaseRenames,
  };
}
