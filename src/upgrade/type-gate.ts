import { loadCompiler } from "./compiler.ts";
import type { LayerState } from "./layer-state.ts";
import type { PlanInput } from "./plan-input.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { touchesDisk } from "./plan-outcome.ts";
import { questionFile } from "./plan-questions.ts";
import { TypeCheck, type Overlay, type TypeProblem } from "./type-check.ts";
import { baseOverlay, planOverlay, theirsOverlay } from "./plan-overlays.ts";

/** What the type check has said. */
export interface TypeReport {
  /** Why it was not asked; undefined where it was. */
  readonly unchecked: string | undefined;
  /** Errors that this version brings to code of the user's own. */
  readonly news: readonly string[];
}

interface Checked {
  readonly files: readonly FilePlan[];
  readonly report: TypeReport;
}

/**
 * Checks the tree as it would be. An error that neither the old layer, nor the project as it is, nor the new layer alone
 * has came in by merging: the files concerned become conflicts, all merged ones where the error is in none of them.
 */
export function checkTypes(
  state: LayerState,
  input: PlanInput,
  files: readonly FilePlan[],
  signal: AbortSignal | undefined,
): Checked {
  const concerned = files.some(
    (file) => isModule(file.path) && touchesDisk(file),
  );
  if (!concerned) return unasked(files, undefined);
  const ts = loadCompiler(state.root);
  if (typeof ts === "string") return unasked(files, ts);
  const layer = state.files.filter(({ disk }) => disk.kind === "text");
  const paths = layer.map(({ path }) => path).filter(isModule);
  const check = new TypeCheck(state.root, ts, paths);
  const left = new Map<string, TypeProblem>();
  for (const problem of check.problems(planOverlay(files))) {
    left.set(problem.key, problem);
  }
  const drop = (overlay: Overlay): TypeProblem[] => {
    signal?.throwIfAborted();
    if (left.size === 0) return [];
    return check.problems(overlay).filter(({ key }) => left.delete(key));
  };
  drop(new Map());
  const news = drop(theirsOverlay(input));
  drop(baseOverlay(input));
  const asked = question(files, input, [...left.values()]);
  const emitted = new Set(files.map(({ path }) => path));
  const own = news.filter(({ path }) => !emitted.has(path));
  return {
    files: asked.files,
    report: {
      unchecked: undefined,
      news: [...own, ...asked.rest].map(describe),
    },
  };
}

function unasked(
  files: readonly FilePlan[],
  reason: string | undefined,
): Checked {
  return { files, report: { unchecked: reason, news: [] } };
}

/** Each error becomes a question where it is, else in the merged files that its file imports. */
function question(
  files: readonly FilePlan[],
  input: PlanInput,
  problems: readonly TypeProblem[],
): {
  readonly files: readonly FilePlan[];
  readonly rest: readonly TypeProblem[];
} {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const doubts = new Map<string, Map<number, string>>();
  const rest: TypeProblem[] = [];
  for (const problem of problems) {
    const places = concernedBy(problem, byPath);
    if (places === undefined) continue;
    if (places.length === 0) rest.push(problem);
    for (const path of places) {
      const line = path === problem.path ? problem.line : -1;
      const lines = doubts.get(path) ?? new Map<number, string>();
      const where = line === -1 ? ` (in ${problem.path})` : "";
      const reason = `Together it does not type-check: ${problem.message}${where}`;
      doubts.set(path, lines.set(line, reason));
    }
  }
  const inputs = new Map(input.files.map((file) => [file.id, file]));
  return {
    files: files.map((file) => {
      const lines = doubts.get(file.path);
      return lines === undefined
        ? file
        : questionFile(file, inputs.get(file.id), lines);
    }),
    rest,
  };
}

/** The written files that an error makes doubtful; undefined where the user is asked about its file anyway. */
function concernedBy(
  { path }: TypeProblem,
  byPath: ReadonlyMap<string, FilePlan>,
): readonly string[] | undefined {
  const file = byPath.get(path);
  if (file?.conflict !== undefined) return undefined;
  if (file?.text !== undefined) return [path];
  return [...byPath.values()]
    .filter(({ action }) => action === "merge")
    .map((merged) => merged.path);
}

function describe({ path, line, message }: TypeProblem): string {
  return `${path}:${line + 1}: ${message}`;
}

function isModule(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}
