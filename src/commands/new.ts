import { readdirSync } from "node:fs";
import { join } from "node:path";
import { detectFormatter } from "../project/formatter.ts";
import { formatFiles } from "../format.ts";
import type { NewFiles } from "../new/new-files.ts";
import { planNewMigration } from "../new/new-migration.ts";
import { planNewModel } from "../new/new-model.ts";
import { timestampOf } from "../new/timestamp.ts";
import { readManifest, readText } from "../project/manifest.ts";
import { openLayer, type OpenedLayer } from "../project/open-layer.ts";
import { ToolError } from "../errors.ts";
import { hashOf, type WriteChange } from "../write/change.ts";
import { checkPaths } from "../write/paths.ts";
import { applyChanges } from "../write/transaction.ts";
import { unifiedDiff } from "../report/unified-diff.ts";
import {
  isDryRun,
  isOn,
  type CommandContext,
  type CommandResult,
} from "./context.ts";

/** Creates an empty migration. */
export function runNewMigration(
  context: CommandContext,
): Promise<CommandResult> {
  const opened = openLayer(context.cwd);
  const { root, layer, answers } = opened;
  const [name = ""] = context.invocation.words;
  const skeleton = readText(
    join(root, layer, "migrations/skeleton/new-migration.ts"),
  );
  const versions = versionsOf(opened);
  const existing =
    skeleton === undefined ? { versions } : { versions, skeleton };
  const timestamp = timestampOf(new Date());
  const plan = planNewMigration({ name, timestamp, answers, existing });
  return write(context, opened, plan);
}

/** Creates a model, its migration, and its lines in the index. */
export function runNewModel(context: CommandContext): Promise<CommandResult> {
  const opened = openLayer(context.cwd);
  const { root, layer, answers } = opened;
  const [name = "", ...fields] = context.invocation.words;
  const index = join(root, layer, "models/index.ts");
  const modelsIndex = readText(index);
  if (modelsIndex === undefined) {
    throw new ToolError({
      code: "no-models-index",
      message: `Cannot read ${index}, where models are listed.`,
      remedy: "Restore it from your version control.",
    });
  }
  const existing = { modelsIndex, versions: versionsOf(opened) };
  const timestamp = timestampOf(new Date());
  const plan = planNewModel({ name, fields, answers, existing, timestamp });
  return write(context, opened, plan);
}

function versionsOf({ root, layer }: OpenedLayer): string[] {
  try {
    return readdirSync(join(root, layer, "migrations/versions"));
  } catch {
    return [];
  }
}

async function write(
  context: CommandContext,
  { root }: OpenedLayer,
  plan: NewFiles,
): Promise<CommandResult> {
  const { signal } = context;
  const formatter = detectFormatter(root, readManifest(root));
  const { texts, note } = await formatFiles(
    root,
    formatter,
    [...plan.files, ...plan.edits],
    signal,
  );
  const changes = toChanges(root, plan, texts);
  const dryRun = isDryRun(context);
  if (dryRun) checkPaths(root, [...changes.map(({ path }) => path)]);
  else await applyChanges(root, changes, { signal });
  const files = changes.map(({ path, expected }) => ({
    path,
    action: expected === null ? "create" : "change",
  }));
  const verb = dryRun ? "Would write:" : "Written:";
  const lines = files.map(
    ({ path, action }) =>
      `  ${path}${action === "change" ? "  (lines added)" : ""}`,
  );
  const remark = note === undefined ? [] : [`! ${note}`];
  const json = { command: context.invocation.command, root, dryRun, files };
  const text = [verb, ...lines, ...remark, ""].join("\n");
  return {
    exitCode: 0,
    json,
    text: isOn(context, "diff") ? diffOf(root, changes) : text,
    verbatim: isOn(context, "diff"),
  };
}

function toChanges(
  root: string,
  { files, edits }: NewFiles,
  texts: ReadonlyMap<string, string>,
): WriteChange[] {
  const taken = files.filter(
    ({ path }) => readText(join(root, path)) !== undefined,
  );
  if (taken.length > 0) {
    throw new ToolError({
      code: "files-in-the-way",
      exitCode: 3,
      message: `Already there: ${taken.map(({ path }) => path).join(", ")}. Nothing was changed.`,
      remedy: "Choose another name, or move the file away.",
    });
  }
  return [...files, ...edits].map(({ path, text }) => {
    const before = readText(join(root, path));
    return {
      kind: "write",
      path,
      content: texts.get(path) ?? text,
      expected: before === undefined ? null : hashOf(before),
    };
  });
}

function diffOf(root: string, changes: readonly WriteChange[]): string {
  return changes
    .map(({ path, content }) =>
      unifiedDiff(path, readText(join(root, path)) ?? null, content.toString()),
    )
    .join("");
}
