import { type Answers, parseAnswers } from "../../src/answers.ts";
import {
  baseFile,
  type BentoRecord,
  createRecord,
  recordFile,
} from "../../src/record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { loadRelease, releaseVersions } from "../../src/releases.ts";
import type { Release } from "../../src/releases/release.ts";
import type { Output } from "../../src/releases/snapshot.ts";
import { type RenderedFile, renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import { toolVersion } from "../../src/version.ts";
import type { Tree } from "./trees.ts";

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

/** A project as the version created it: its files and the record. */
export function releaseTree(
  version: string,
  answers: Partial<Answers> = {},
): Tree {
  return treeOf(
    releaseFiles(version, answers),
    releaseRecord(version, answers),
  );
}

/** The same from the templates as they are now. */
export async function currentTree(
  answers: Partial<Answers> = {},
): Promise<Tree> {
  const all = parsed(answers);
  const files = renderProject(all, await loadTemplates());
  return treeOf(files, createRecord(toolVersion, all, files));
}

function treeOf(files: readonly RenderedFile[], record: BentoRecord): Tree {
  const { path } = record.answers;
  const { json, base } = printRecord(record);
  return {
    ...Object.fromEntries(files.map((file) => [file.path, file.text])),
    [`${path}/${baseFile}`]: base,
    [`${path}/${recordFile}`]: json,
  };
}

/** The answers that a version's snapshot covers. */
export function releaseAnswers(version: string): readonly Answers[] {
  return opened(version).answers;
}

function releaseOutput(version: string, answers: Partial<Answers>): Output {
  const all = parsed(answers);
  const output = opened(version).output(all);
  if (output === undefined) {
    throw new Error(
      `The snapshot of ${version} does not cover ${JSON.stringify(all)}.`,
    );
  }
  return output;
}

function parsed(answers: Partial<Answers>): Answers {
  const result = parseAnswers(answers);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.answers;
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
