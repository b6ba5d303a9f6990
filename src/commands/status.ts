import { openLayer } from "../project/open-layer.ts";
import { createRecord } from "../record.ts";
import { joinSections } from "../report/join-sections.ts";
import {
  fileStatuses,
  statusOf,
  type FileStatus,
} from "../status/file-status.ts";
import { pendingActions, pendingFor, type Pending } from "../status/pending.ts";
import { styleFor } from "../terminal.ts";
import { thisEdition, type Edition } from "../upgrade/edition.ts";
import {
  readLayerState,
  type LayerFile,
  type LayerState,
} from "../upgrade/layer-state.ts";
import { compareVersions } from "../upgrade/plan-versions.ts";
import { knownTo } from "../upgrade/refuse.ts";
import { toolVersion } from "../version.ts";
import type { CommandContext, CommandResult } from "./context.ts";

/** Says what the user changed and what an upgrade would bring; writes nothing. */
export async function runStatus(
  context: CommandContext,
): Promise<CommandResult> {
  const edition = await thisEdition();
  const opened = openLayer(context.cwd);
  const known = knownTo(opened, edition, true);
  const state = await readLayerState(opened, known, context.signal);
  const { version } = state.record;
  const available = compareVersions(version, toolVersion) < 0;
  const pending = available ? pendingIn(state, edition) : [];
  return {
    exitCode: 0,
    json: {
      command: "status",
      root: state.root,
      layer: state.layer,
      version,
      toolVersion,
      upgrade: { available, files: pending },
      files: state.files.map((file) => ({
        path: file.path,
        status: statusOf(file),
        movedFrom: file.moved ? file.recorded.path : null,
      })),
      damaged: state.damaged,
    },
    text: draw(state, pending, context.terminal.colors),
  };
}

function pendingIn(
  { record, files }: LayerState,
  { version, render }: Edition,
): readonly Pending[] {
  const { answers } = record;
  return pendingFor(files, createRecord(version, answers, render(answers)));
}

const headings: Readonly<Record<FileStatus, string>> = {
  conflicted: "With a conflict that is left to you",
  changed: "Changed by you",
  deleted: "Deleted by you",
  replaced: "Replaced by something that is no text",
  unknown: "Without a pristine text in the record",
  detached: "Yours alone",
  unchanged: "Unchanged",
};

/** These are many, and nothing is to be done about them. */
const counted: ReadonlySet<FileStatus> = new Set(["detached", "unchanged"]);

function draw(
  state: LayerState,
  pending: readonly Pending[],
  colors: boolean,
): string {
  const style = styleFor(colors);
  const { layer, files, record, damaged, note } = state;
  const sections = [
    style.bold(`A database layer of version ${record.version} in ${layer}.`),
    ...fileStatuses.flatMap((status) => {
      const found = files.filter((file) => statusOf(file) === status);
      return found.length === 0 ? [] : [drawGroup(status, found)];
    }),
    drawMoved(files),
    ...damaged.map((problem) => `${style.yellow("!")} ${problem}`),
    ...(note === undefined ? [] : [`${style.yellow("!")} ${note}`]),
    drawUpgrade(record.version, pending),
  ];
  return joinSections(sections);
}

function drawGroup(status: FileStatus, files: readonly LayerFile[]): string {
  const heading = headings[status];
  if (counted.has(status)) return `${heading}: ${count(files.length)}`;
  return [`${heading}:`, ...files.map(({ path }) => `  ${path}`)].join("\n");
}

function drawMoved(files: readonly LayerFile[]): string {
  const moved = files.filter((file) => file.moved);
  if (moved.length === 0) return "";
  return [
    "Moved by you:",
    ...moved.map(({ recorded, path }) => `  ${recorded.path} → ${path}`),
  ].join("\n");
}

function drawUpgrade(version: string, pending: readonly Pending[]): string {
  if (version === toolVersion) {
    return `Up to date with this create-bento-db (${toolVersion}).`;
  }
  if (compareVersions(version, toolVersion) > 0) {
    return [
      `This create-bento-db is ${toolVersion}, older than the layer. The version that wrote it:`,
      `  npx create-bento-db@${version}`,
    ].join("\n");
  }
  const parts = pendingActions.flatMap((action) => {
    const number = pending.filter((file) => file.action === action).length;
    return number === 0 ? [] : [`${number} to ${action}`];
  });
  const what = parts.length === 0 ? "none of your files" : parts.join(", ");
  return [
    `This create-bento-db is ${toolVersion}; an upgrade touches ${what}.`,
    "  create-bento-db upgrade --dry-run",
  ].join("\n");
}

function count(number: number): string {
  return `${number} file${number === 1 ? "" : "s"}`;
}
