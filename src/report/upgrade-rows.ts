import type { MergeStage } from "../merge/merged.ts";
import { conflictsOf } from "../merge/merged.ts";
import { paragraph } from "../fit.ts";
import type { FilePlan } from "../upgrade/plan-outcome.ts";
import { describePiece } from "./describe-conflict.ts";
import type { Style } from "../terminal.ts";

const stages: Readonly<Record<MergeStage, string>> = {
  same: "",
  lines: "your lines and this version's",
  restyled: "this version's lines, in your style",
  renames: "renames followed; worth a look",
  declarations: "declaration by declaration; worth a look",
};

/** Where paths begin. */
const indent = 12;

/** How rows are drawn. */
export interface RowOptions {
  readonly layer: string;
  /** Lists every file. */
  readonly verbose: boolean;
  readonly style: Style;
  /** The terminal's width, where a note that is too wide goes below its file. */
  readonly columns: number | undefined;
}

/** What becomes of each file and why, the layer's first; files that stay without a word are only counted. */
export function drawRows(
  files: readonly FilePlan[],
  options: RowOptions,
): string {
  const { layer, verbose } = options;
  const shown = files.filter(
    ({ action, note }) => verbose || action !== "keep" || note !== "",
  );
  const inside = shown.filter(({ path }) => path.startsWith(`${layer}/`));
  const outside = shown.filter((file) => !inside.includes(file));
  const quiet = files.length - shown.length;
  return [
    ...drawGroup(layer, inside, `${layer}/`.length, options),
    ...drawGroup("Around it", outside, 0, options),
    ...(quiet === 0
      ? []
      : [
          `${quiet} ${quiet === 1 ? "file stays as it is" : "files stay as they are"}.`,
        ]),
  ].join("\n");
}

function drawGroup(
  title: string,
  files: readonly FilePlan[],
  skipped: number,
  { style, columns = Infinity }: RowOptions,
): string[] {
  if (files.length === 0) return [];
  const width = Math.max(...files.map(({ path }) => path.length - skipped));
  const rows = files.map((file) => {
    const path = file.path.slice(skipped);
    const note = noteOf(file);
    const start = `  ${paint(file, style)}`;
    if (indent + width + 2 + note.length <= columns) {
      return `${start}${path.padEnd(width)}  ${note}`.trimEnd();
    }
    // That a replaced file had no edits in it goes without saying where there is no room.
    const goesBelow = note !== "" && file.action !== "replace";
    return goesBelow
      ? `${start}${path}\n${paragraph(" ".repeat(indent), note, columns)}`
      : start + path;
  });
  return [`${title}:`, ...rows];
}

/** What there is to say of one file. */
export function noteOf(file: FilePlan): string {
  return [ownNote(file), ...(file.pieces ?? []).map(describePiece)]
    .filter((part) => part !== "")
    .join("; ");
}

function ownNote({ action, note, stage, conflict }: FilePlan): string {
  if (note !== "") return note;
  if (action === "conflict" && conflict !== undefined) {
    const count = conflictsOf(conflict.merged).length;
    return count === 1 ? "in 1 place" : `in ${count} places`;
  }
  if (action === "merge" && stage !== undefined) return stages[stage];
  return action === "replace" ? "unchanged by you" : "";
}

function paint({ action }: FilePlan, style: Style): string {
  const word = action.padEnd(indent - 2);
  if (action === "conflict") return style.red(word);
  return action === "keep" ? style.dim(word) : style.green(word);
}
