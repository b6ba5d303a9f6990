import { loadChangelog } from "../changelog.ts";
import { fit } from "../fit.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { styleFor, type Style, type Terminal } from "../terminal.ts";
import { notesBetween, readChangelog } from "../upgrade/plan-notes.ts";
import type { FilePlan } from "../upgrade/plan-outcome.ts";
import { toolVersion } from "../version.ts";
import { joinSections } from "./join-sections.ts";
import { drawRows } from "./upgrade-rows.ts";

/** What will become of the files, for who is going to be asked about some of them. */
export async function drawPlan(
  { layer, version }: OpenedLayer,
  files: readonly FilePlan[],
  { colors, columns }: Terminal,
): Promise<string> {
  const style = styleFor(colors);
  const sections = [
    style.bold(`The plan for ${layer}; nothing is written yet.`),
    drawRows(files, { layer, verbose: false, style, columns }),
    drawNotes(await notesFor(files, version, toolVersion), style),
  ];
  return fit(`${joinSections(sections)}\n`, columns);
}

/** What the releases since that version say of the files that change. */
export async function notesFor(
  files: readonly FilePlan[],
  from: string,
  to: string,
): Promise<readonly string[]> {
  const paths = files
    .filter(({ action }) => action !== "keep")
    .map(({ path }) => path);
  if (paths.length === 0) return [];
  const changelog = readChangelog(await loadChangelog());
  return notesBetween(changelog, from, to, paths).map(
    ({ version, text }) => `${version}: ${text}`,
  );
}

export function drawNotes(notes: readonly string[], style: Style): string {
  const items = notes.map((note) => `- ${note}`);
  return drawList("What is new in these files:", items, style);
}

export function drawList(
  title: string,
  lines: readonly string[],
  style: Style,
): string {
  if (lines.length === 0) return "";
  return [style.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");
}
