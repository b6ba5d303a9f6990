import { parseAnswers, type Answers } from "../../src/answers.ts";
import type { ReleaseRenames } from "../../src/plan/renames.ts";
import { openLayer } from "../../src/project/open-layer.ts";
import { baseFile, createRecord, recordFile } from "../../src/record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { renderProject, type RenderedFile } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import {
  applyUpgrade,
  isOpen,
  planLayerUpgrade,
  type UpgradePlan,
  type UpgradeRequest,
} from "../../src/upgrade.ts";
import type { Edition } from "../../src/upgrade/edition.ts";
import type { FilePlan } from "../../src/upgrade/plan-outcome.ts";
import { writeTree } from "./trees.ts";

const templates = await loadTemplates();

/** Texts by id that take the place of what the templates give; null for a file that the version does not have. */
export type Texts = Readonly<
  Record<string, string | null | ((text: string) => string)>
>;

/** A version of the tool that differs from this one in some files. */
export function editionOf(
  version: string,
  texts: Texts = {},
  renames: Readonly<Record<string, ReleaseRenames>> = {},
): Edition {
  const old = Object.values(renames).flatMap(({ files = {}, removed = [] }) => [
    ...Object.keys(files),
    ...removed,
  ]);
  const ids = [...Object.keys(texts), ...old];
  return {
    version,
    templates: new Map([...ids.map((id) => [id, []] as const), ...templates]),
    render: (answers) =>
      change(renderProject(answers, templates), texts, answers),
    renames,
  };
}

function change(
  files: readonly RenderedFile[],
  texts: Texts,
  answers: Answers,
): readonly RenderedFile[] {
  const known = new Set(files.map(({ id }) => id));
  const added = Object.entries(texts).flatMap(([id, text]): RenderedFile[] => {
    if (known.has(id) || typeof text !== "string") return [];
    const path = id.replace("infrastructure/database", answers.path);
    return [{ id, path, text, owner: "tool", merge: "text" }];
  });
  const changed = files.flatMap((file): RenderedFile[] => {
    const text = texts[file.id];
    if (text === null) return [];
    if (text === undefined) return [file];
    return [
      { ...file, text: typeof text === "string" ? text : text(file.text) },
    ];
  });
  return [...changed, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Answers with defaults for the rest; small ones unless told otherwise. */
export function answersOf(answers: Partial<Answers> = {}): Answers {
  const small = { databases: ["sqlite"], parts: [], example: "none" };
  const parsed = parseAnswers({ ...small, ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.answers;
}

/** A project as that version leaves it. */
export function writeProject(
  folder: string,
  edition: Edition,
  answers: Answers,
): void {
  const rendered = edition.render(answers);
  const printed = printRecord(createRecord(edition.version, answers, rendered));
  writeTree(folder, {
    ...Object.fromEntries(rendered.map(({ path, text }) => [path, text])),
    [`${answers.path}/${recordFile}`]: printed.json,
    [`${answers.path}/${baseFile}`]: printed.base,
  });
}

/** What an upgrade came to. */
export interface Upgraded extends UpgradePlan {
  readonly open: boolean;
  readonly file: (path: string) => FilePlan;
}

/** Plans with a version and carries it out unless a conflict is open. */
export async function upgradeTo(
  folder: string,
  edition: Edition,
  request: Partial<UpgradeRequest> = {},
): Promise<Upgraded> {
  const opened = openLayer(folder);
  const plan = await planLayerUpgrade({
    opened,
    edition,
    answers: opened.answers,
    restore: new Set(),
    concerns: () => true,
    partial: false,
    conflicts: "ask",
    ask: undefined,
    allowDowngrade: false,
    ...request,
  });
  const open = isOpen(plan);
  if (!open) await applyUpgrade(plan);
  return {
    ...plan,
    open,
    file: (path) => {
      const found = plan.files.find((file) => file.path === path);
      if (found === undefined) throw new Error(`No plan for ${path}.`);
      return found;
    },
  };
}

export { edit } from "./trees.ts";
