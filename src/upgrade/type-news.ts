import type { PlanInput } from "./plan-input.ts";
import { baseOverlay, theirsOverlay } from "./plan-overlays.ts";
import type { Overlay, TypeCheck, TypeProblem } from "./type-check.ts";

/** The errors of a tree that are new in it, by where they come from. */
export interface Sifted {
  /** Neither the project as it is, nor this version alone, nor the last one has them: they came in by merging. */
  readonly fresh: readonly TypeProblem[];
  /** This version alone has them too, between the user's own files. */
  readonly news: readonly TypeProblem[];
}

/** Tells errors of a tree that came in by merging from those that were there before, or that this version brings. */
export async function siftProblems(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  input: PlanInput,
): Promise<Sifted> {
  const before = await partOf(check, problems, new Map());
  const news = await partOf(check, before.others, theirsOverlay(input));
  const last = await partOf(check, news.others, baseOverlay(input));
  return { fresh: last.others, news: news.known };
}

/** Errors that another tree has as often are known from there. */
async function partOf(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  overlay: Overlay,
): Promise<{
  readonly known: readonly TypeProblem[];
  readonly others: readonly TypeProblem[];
}> {
  const others = await lessIn(check, problems, overlay);
  const known = problems.filter((problem) => !others.includes(problem));
  return { known, others };
}

/** Those of the errors that another tree does not have, or not as often. */
export async function lessIn(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  overlay: Overlay,
): Promise<readonly TypeProblem[]> {
  if (problems.length === 0) return [];
  const paths = new Set(problems.map(({ path }) => path));
  const now = countKeys(await check.problems(overlay, paths));
  const before = countKeys(problems);
  return problems.filter(
    ({ key }) => (now.get(key) ?? 0) < (before.get(key) ?? 0),
  );
}

function countKeys(
  problems: readonly TypeProblem[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of problems) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
