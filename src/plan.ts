import type { Answers } from "./answers.ts";
import { featureOf } from "./plan/claims.ts";
import { matchesGlob } from "./plan/glob.ts";
import { landingOf, layerFolder, moveLayer } from "./plan/landing.ts";
import { formerIds, releaseRenames } from "./plan/renames.ts";
import { meets, tagsOf } from "./tags.ts";

/** How the text goes into a file that exists: as text, by its JSON keys, or by its lines. */
export type MergeKind = "text" | "keys" | "lines";

/** One template and the place where its text lands. */
export interface PlannedFile {
  /** The landing place under the default path: it stays the same when the layer moves or a variant changes. */
  readonly id: string;
  /** The template's name below `templates/`. */
  readonly template: string;
  /** Where it lands in the project, with forward slashes. */
  readonly target: string;
  /** `user`: written once and never regenerated. */
  readonly owner: "tool" | "user";
  readonly merge: MergeKind;
}

/** The templates that these answers bring, sorted by target. */
export function planFiles(
  answers: Answers,
  templates: readonly string[],
): readonly PlannedFile[] {
  const tags = tagsOf(answers);
  return templates
    .filter((template) => {
      const feature = featureOf(template);
      return feature !== undefined && meets(tags, feature.needs);
    })
    .map((template) => planFile(template, answers))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** The ids of all files that any answers could bring; a record may name no other. */
export function emittedIds(templates: readonly string[]): ReadonlySet<string> {
  const data = ["package.json", "pnpm-workspace.yaml", "tsconfig.json"];
  const former = formerIds(releaseRenames);
  return new Set([...templates.map(landingOf), ...data, ...former]);
}

/** Targets that two files of a plan share, as when the layer's folder is also the example's. */
export function collisions(plan: readonly PlannedFile[]): readonly string[] {
  const seen = new Set<string>();
  return plan
    .map(({ target }) => target.toLowerCase())
    .filter((target) => seen.size === seen.add(target).size);
}

function planFile(template: string, answers: Answers): PlannedFile {
  const id = landingOf(template);
  return {
    id,
    template,
    target: moveLayer(id, answers.path),
    owner: userOwned.some((pattern) => matchesGlob(id, pattern))
      ? "user"
      : "tool",
    merge: id === ".env.example" || id === ".gitignore" ? "lines" : "text",
  };
}

/** What its owner writes in from the first day: tunables, models, migrations. */
const userOwned = [
  `${layerFolder}/defaults.ts`,
  `${layerFolder}/models/**`,
  `${layerFolder}/migrations/skeleton/**`,
  `${layerFolder}/migrations/versions/**`,
];
