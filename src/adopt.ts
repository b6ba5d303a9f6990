import { extname, join } from "node:path";
import { knownEditions, type KnownEdition } from "./adopt/known-edition.ts";
import { findUnrecordedLayer } from "./adopt/find-unrecorded.ts";
import { inferAnswers, type Inferred } from "./adopt/infer-answers.ts";
import { ownPackages } from "./adopt/own-packages.ts";
import { placeFiles, type Placed } from "./adopt/place-files.ts";
import { Comparison } from "./adopt/resemblance.ts";
import { defaultAnswers, type Answers } from "./answers.ts";
import { detectAnswers } from "./create/detected-answers.ts";
import { ToolError } from "./errors.ts";
import { emittedIds } from "./plan.ts";
import { closedFolders, closedNote } from "./project/find-record.ts";
import { readText } from "./project/manifest.ts";
import type { Project } from "./project/project.ts";
import { createRecord, type BentoRecord } from "./record.ts";
import { recordOwnParts } from "./record/own-parts.ts";
import type { Templates } from "./render.ts";
import { readFileOnDisk } from "./upgrade/file-on-disk.ts";
import { undress } from "./upgrade/text-dress.ts";

/** The record that a layer without one gets. */
export interface Adoption {
  readonly layer: string;
  readonly record: BentoRecord;
  readonly placed: Placed;
  /** How many of the files have the words that were emitted. */
  readonly same: number;
  /** Other versions that fit as well. */
  readonly asGood: readonly string[];
}

/**
 * Finds the version and the answers whose output is most like what lies in the project.
 *
 * @param folder the layer's folder, when the user or a damaged record tells it
 * @throws ToolError `no-match`
 */
export function planAdoption(
  project: Project,
  templates: Templates,
  folder: string | undefined,
  versions?: readonly string[],
): Adoption {
  const { root } = project;
  const ids = emittedIds([...templates.keys()]);
  const layer = folder ?? findUnrecordedLayer(root, ids);
  if (layer === undefined)
    throw noMatch(
      `No folder below ${root} holds one.${closedNote(closedFolders(root))}`,
    );
  const comparison = new Comparison((path) => textAt(root, path));
  const start = startFrom(project, layer);
  const best = bestOf(knownEditions(templates, versions), start, comparison);
  if (best === undefined || !isConvincing(best.inferred)) {
    throw noMatch(
      `In ${layer} ${best?.inferred.resemblance.same ?? 0} files are as any version emits them, too few to tell which.`,
    );
  }
  const { edition, inferred, asGood } = best;
  const { answers, files, resemblance } = inferred;
  const fragment = edition.output(answers)?.fragment;
  const record = createRecord(edition.version, answers, files, fragment);
  const placed = placeFiles(root, record);
  const own = ownPackages(
    root,
    files.find(({ id }) => id === "package.json")?.text,
    record.base.get("package.json") ?? "{}",
  );
  return {
    layer,
    record: recordOwnParts({ ...record, files: placed.files }, own),
    placed,
    same: resemblance.same,
    asGood,
  };
}

interface Best {
  readonly edition: KnownEdition;
  readonly inferred: Inferred;
  readonly asGood: readonly string[];
}

/** Of equals the newer version, which comes first. */
function bestOf(
  editions: Iterable<KnownEdition>,
  start: Answers,
  comparison: Comparison,
): Best | undefined {
  let best: Best | undefined;
  for (const edition of editions) {
    const inferred = inferAnswers(
      best?.inferred.answers ?? start,
      edition.output,
      comparison,
    );
    if (inferred === undefined) continue;
    const { score } = inferred.resemblance;
    const bestScore = best?.inferred.resemblance.score ?? -Infinity;
    if (best === undefined || score > bestScore) {
      best = { edition, inferred, asGood: [] };
    } else if (score === bestScore) {
      best = { ...best, asGood: [...best.asGood, edition.version] };
    }
  }
  return best;
}

/** A handful of equal files could be anybody's. */
function isConvincing({ files, resemblance }: Inferred): boolean {
  return resemblance.same >= Math.max(4, files.length / 10);
}

function startFrom(project: Project, path: string): Answers {
  const detected = detectAnswers(project);
  const defaults = readText(join(project.root, path, "defaults.ts")) ?? "";
  const name = /applicationName:\s*["'`]([^"'`\n]+)["'`]/.exec(defaults)?.[1];
  return {
    ...defaultAnswers,
    ...detected,
    path,
    ...(name === undefined ? {} : { applicationName: name }),
  };
}

function textAt(root: string, path: string): string | undefined {
  const disk = readFileOnDisk(root, path);
  if (disk.kind === "text") return undress(disk.text);
  // Something is there, and it is like nothing.
  return disk.kind === "none" ? undefined : extname(path);
}

function noMatch(what: string): ToolError {
  return new ToolError({
    code: "no-match",
    message: `Found no layer that a known version of this tool wrote. ${what} Nothing was changed.`,
    remedy:
      "Name the layer's folder, as in create-bento-db adopt src/database. A layer that was rewritten from the ground up cannot be adopted: create one beside it and move your code over.",
  });
}
