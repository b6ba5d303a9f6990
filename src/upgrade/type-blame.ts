import { isModule, type FilePlan } from "./plan-outcome.ts";
import type { TypeCheck, TypeProblem } from "./type-check.ts";
import { culpritsOf, type Ways } from "./type-culprits.ts";
import type { Blame } from "./type-questions.ts";

/** Who is to blame for errors, and those that nothing of the plan is. */
export interface Blamed {
  readonly blames: readonly Blame[];
  readonly rest: readonly TypeProblem[];
}

/**
 * Errors of a plan count where they are if the plan writes that file, and else in those files without whose changes they
 * are gone. `settled` is the plan with its conflicts decided.
 */
export async function blameFiles(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  settled: readonly FilePlan[],
): Promise<Blamed> {
  const written = settled
    .filter(({ path, text }) => isModule(path) && text !== undefined)
    .map(({ path }) => path);
  const ways = { candidates: written, tree: settled, others: [] };
  return blame(problems, async (path, own) =>
    written.includes(path) ? [path] : culpritsOf(check, own, ways),
  );
}

/** Errors of conflicts decided the one way hang on those that, decided the other way, make them go away. */
export async function blameConflicts(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  ways: Ways,
): Promise<readonly Blame[]> {
  const { blames } = await blame(problems, async (path, own) =>
    ways.candidates.includes(path) ? [path] : culpritsOf(check, own, ways),
  );
  return blames;
}

async function blame(
  problems: readonly TypeProblem[],
  pathsOf: (
    path: string,
    own: readonly TypeProblem[],
  ) => Promise<readonly string[]>,
): Promise<Blamed> {
  const blames: Blame[] = [];
  for (const path of new Set(problems.map((problem) => problem.path))) {
    const own = problems.filter((problem) => problem.path === path);
    const paths = await pathsOf(path, own);
    blames.push(...own.map((problem) => ({ problem, paths })));
  }
  return {
    blames: blames.filter(({ paths }) => paths.length > 0),
    rest: blames.flatMap(({ problem, paths }) =>
      paths.length === 0 ? [problem] : [],
    ),
  };
}
