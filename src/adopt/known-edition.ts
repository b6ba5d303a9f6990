import type { Answers } from "../answers.ts";
import { fragmentOf } from "../record.ts";
import { outputOf } from "../releases/move-output.ts";
import { loadRelease, releaseVersions } from "../releases.ts";
import { renderProject, type Templates } from "../render.ts";
import type { Output } from "../releases/snapshot.ts";
import { toolVersion } from "../version.ts";

/** A version of the tool whose output is known. */
export interface KnownEdition {
  readonly version: string;
  readonly output: (answers: Answers) => Output | undefined;
}

/** This version first, then the earlier ones that the package brings along. */
export function* knownEditions(
  templates: Templates,
  versions = releaseVersions(),
): Generator<KnownEdition> {
  yield {
    version: toolVersion,
    output: (answers) => ({
      answers,
      files: renderProject(answers, templates),
      fragment: fragmentOf(answers),
    }),
  };
  for (const version of versions) {
    if (version === toolVersion) continue;
    const release = loadRelease(version);
    yield { version, output: (answers) => outputOf(release, answers) };
  }
}
