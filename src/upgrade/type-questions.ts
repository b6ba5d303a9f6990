import type { PlanInput } from "./plan-input.ts";
import type { Doubts } from "./plan-hunks.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { questionFile } from "./plan-questions.ts";
import { describeProblem, type TypeProblem } from "./type-check.ts";

/** Why files are in doubt: by path and line from 0, -1 for a file as a whole. */
export type DoubtsByPath = ReadonlyMap<string, Doubts>;

/** An error, and the files that it makes doubtful. */
export interface Blame {
  readonly problem: TypeProblem;
  readonly paths: readonly string[];
}

/** An error is in doubt where it is; in another file that it hangs on, all that changes is. */
export function doubtsOf(blames: readonly Blame[]): DoubtsByPath {
  const doubts = new Map<string, Map<number, string>>();
  for (const { problem, paths } of blames) {
    for (const path of paths) {
      const line = path === problem.path ? problem.line : -1;
      const lines = doubts.get(path) ?? new Map<number, string>();
      const where = line === -1 ? ` (in ${problem.path})` : "";
      const reason = `Together it does not type-check: ${problem.message}${where}`;
      doubts.set(path, lines.set(line, reason));
    }
  }
  return doubts;
}

/**
 * Turns what is in doubt into questions. In a file that is asked about anyway, and is wrong whichever side is taken, all
 * that differs from the user's is asked; `theirs` is the plan with its conflicts decided for the new version.
 */
export function questionFiles(
  files: readonly FilePlan[],
  theirs: readonly FilePlan[],
  doubts: DoubtsByPath,
  input: PlanInput,
): readonly FilePlan[] {
  const inputs = new Map(input.files.map((file) => [file.id, file]));
  return files.map((file, index) => {
    const lines = doubts.get(file.path);
    if (lines === undefined || file.conflict?.taken === true) return file;
    const given = inputs.get(file.id);
    if (file.conflict === undefined) return questionFile(file, given, lines);
    const [reason = ""] = lines.values();
    const whole = { ...file, text: theirs[index]?.text };
    return questionFile(whole, given, new Map([[-1, reason]]));
  });
}

/** Says in the conflicts what does not go with the user's side of them. */
export function tellConflicts(
  files: readonly FilePlan[],
  blames: readonly Blame[],
): readonly FilePlan[] {
  return files.map((file) => {
    const { conflict } = file;
    const told = blames.filter(({ paths }) => paths.includes(file.path));
    if (conflict === undefined || told.length === 0) return file;
    const hints = told.map(
      ({ problem }) =>
        `With your side, this does not type-check: ${describeProblem(problem)}.`,
    );
    const pieces = conflict.merged.pieces.map((piece) =>
      typeof piece === "string"
        ? piece
        : { ...piece, reason: [piece.reason, ...hints].join(" ") },
    );
    const merged = { ...conflict.merged, pieces };
    return { ...file, conflict: { ...conflict, merged } };
  });
}
