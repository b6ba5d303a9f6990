import type { MergeStage } from "../merge/merged.ts";
import { conflictsOf } from "../merge/merged.ts";
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

/** One line a file: what becomes of it and why; files that stay without a word are only counted. */
export function drawRows(
  files: readonly FilePlan[],
  verbose: boolean,
  style: Style,
): string {
  const shown = files.filter(
    ({ action, note }) => verbose || action !== "keep" || note !== "",
  );
  const width = Math.max(0, ...shown.map(({ path }) => path.length));
  const lines = shown.map((file) => {
    const action = paint(file, style);
    return `  ${action} ${file.path.padEnd(width)}  ${noteOf(file)}`.trimEnd();
  });
  const quiet = files.length - shown.length;
  const rest =
    quiet === 0
      ? []
      : [
          `  ${quiet} ${quiet === 1 ? "file stays" : "files stay"} as ${quiet === 1 ? "it is" : "they are"}`,
        ];
  return [...lines, ...rest].join("\n");
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
  const word = action.padEnd(8);
  if (action === "conflict") return style.red(word);
  return action === "keep" ? style.dim(word) : style.green(word);
}
