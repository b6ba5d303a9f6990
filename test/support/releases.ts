import { type Answers, parseAnswers } from "../../src/answers.ts";
import { type BentoRecord, createRecord } from "../../src/record.ts";
import { loadRelease, releaseVersions } from "../../src/releases.ts";
import type { Release } from "../../src/releases/release.ts";
import type { Output } from "../../src/releases/snapshot.ts";
import type { RenderedFile } from "../../src/render.ts";

/** The versions that have a snapshot, oldest first. */
export const releases: readonly string[] = [...releaseVersions()].sort(
  (a, b) => (rank(a) < rank(b) ? -1 : 1),
);

/** What a version rendered for these answers, defaults for the rest; throws where its snapshot does not cover them. */
export function releaseFiles(
  version: string,
  answers: Partial<Answers> = {},
): readonly RenderedFile[] {
  return releaseOutput(version, answers).files;
}

/** The record that the version wrote beside them. */
export function releaseRecord(
  version: string,
  answers: Partial<Answers> = {},
): BentoRecord {
  const output = releaseOutput(version, answers);
  return createRecord(version, output.answers, output.files, output.fragment);
}

/** The answers that a version's snapshot covers. */
export function releaseAnswers(version: string): readonly Answers[] {
  return opened(version).answers;
}

function releaseOutput(version: string, answers: Partial<Answers>): Output {
  const parsed = parseAnswers(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const output = opened(version).output(parsed.answers);
  if (output === undefined) {
    throw new Error(
      `The snapshot of ${version} does not cover ${JSON.stringify(parsed.answers)}.`,
    );
  }
  return output;
}

const loaded = new Map<string, Release>();

function opened(version: string): Release {
  const known = loaded.get(version) ?? loadRelease(version);
  loaded.set(version, known);
  return known;
}

/** 0.1.0-alpha.1 comes before 0.1.0. */
function rank(version: string): string {
  return version.includes("-") ? version : `${version}~`;
}
