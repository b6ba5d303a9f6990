import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { planAdoption, type Adoption } from "../adopt.ts";
import { knownEditions } from "../adopt/known-edition.ts";
import { repairBase, type Repair } from "../adopt/repair-base.ts";
import { writeRecord } from "../adopt/write-record.ts";
import { ToolError } from "../errors.ts";
import { emittedIds } from "../plan.ts";
import { findLayer } from "../project/find-record.ts";
import { readText } from "../project/manifest.ts";
import { refuseNewer } from "../project/newer-record.ts";
import { foldersUpwards } from "../project/package-manager.ts";
import { detectProject, type Project } from "../project/project.ts";
import { baseFile, recordFile } from "../record.ts";
import { parseRecord, type ParsedRecord } from "../record/parse-record.ts";
import type { Templates } from "../render.ts";
import { describeAdoption, describeRepair } from "../report/adoption.ts";
import { loadTemplates } from "../templates.ts";
import { styleFor } from "../terminal.ts";
import { recoverProject } from "../write/recover.ts";
import {
  isDryRun,
  type CommandContext,
  type CommandResult,
} from "./context.ts";

/** Gives a layer without a usable record one again; writes nothing but the record. */
export async function runAdopt(
  context: CommandContext,
): Promise<CommandResult> {
  const project = await openProject(context);
  const templates = await loadTemplates();
  const { root } = project;
  const [word] = context.invocation.words;
  const named = word === undefined ? undefined : folderOf(word, context, root);
  const recorded = findLayer(root, named);
  const parsed =
    recorded === undefined ? undefined : read(root, recorded, templates);
  if (parsed?.ok === true && recorded !== undefined) {
    if (parsed.damaged.length === 0) return healthy(root, recorded);
    const repair = repairBase(parsed.record, knownEditions(templates));
    return repairRecord(context, project, recorded, repair);
  }
  const adoption = planAdoption(project, templates, named ?? recorded);
  return adopt(context, project, adoption);
}

/** The nearest folder upwards with a package.json, else the one that the user is in. */
async function openProject({ cwd, env }: CommandContext): Promise<Project> {
  const root =
    foldersUpwards(cwd).find((folder) =>
      existsSync(join(folder, "package.json")),
    ) ?? cwd;
  recoverProject(root);
  return detectProject(root, env);
}

function folderOf(word: string, { cwd }: CommandContext, root: string): string {
  const path = relative(root, resolve(cwd, word)).replaceAll("\\", "/");
  const inside =
    path !== "" && !path.startsWith("..") && existsSync(join(root, path));
  if (inside) return path;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `adopt expects the layer's folder inside ${root}, got ${JSON.stringify(word)}.`,
    remedy: "See create-bento-db adopt --help.",
  });
}

function read(root: string, layer: string, templates: Templates): ParsedRecord {
  const json = readText(join(root, layer, recordFile)) ?? "";
  const base = readText(join(root, layer, baseFile)) ?? "";
  const parsed = parseRecord(
    { json, base, folder: layer },
    emittedIds([...templates.keys()]),
  );
  if (!parsed.ok) refuseNewer(json, layer);
  return parsed;
}

/** A record that is whole stays. */
function healthy(root: string, layer: string): CommandResult {
  return {
    exitCode: 0,
    json: { command: "adopt", root, layer, action: "none" },
    text: `The layer in ${layer} has a record that is whole. Nothing was changed.\n`,
  };
}

async function repairRecord(
  context: CommandContext,
  project: Project,
  layer: string,
  repair: Repair,
): Promise<CommandResult> {
  const dryRun = isDryRun(context);
  const { repaired, lost, record } = repair;
  const kept =
    dryRun || repaired.length === 0
      ? []
      : await writeRecord(project, layer, record, context.signal);
  return {
    exitCode: lost.length === 0 ? 0 : 1,
    json: {
      command: "adopt",
      root: project.root,
      layer,
      action: "repair",
      dryRun,
      repaired,
      lost,
      kept,
    },
    text: describeRepair(
      repair,
      kept,
      dryRun,
      styleFor(context.terminal.colors),
    ),
  };
}

async function adopt(
  context: CommandContext,
  project: Project,
  adoption: Adoption,
): Promise<CommandResult> {
  const dryRun = isDryRun(context);
  const { layer, record, placed, same, asGood } = adoption;
  const kept = dryRun
    ? []
    : await writeRecord(project, layer, record, context.signal);
  return {
    exitCode: 0,
    json: {
      command: "adopt",
      root: project.root,
      layer,
      action: "adopt",
      dryRun,
      version: record.version,
      answers: record.answers,
      same,
      missing: placed.missing,
      moved: placed.moved,
      foreign: placed.foreign,
      asGood,
      kept,
    },
    text: describeAdoption(
      adoption,
      kept,
      dryRun,
      styleFor(context.terminal.colors),
    ),
  };
}
