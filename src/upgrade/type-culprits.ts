import type { FilePlan } from "./plan-outcome.ts";
import type { TypeCheck, TypeProblem } from "./type-check.ts";
import { lessIn } from "./type-news.ts";
import { treeOf } from "./type-trees.ts";

/** Files that can be one way or the other. */
export interface Ways {
  readonly candidates: readonly string[];
  /** The tree that has the errors. */
  readonly tree: readonly FilePlan[];
  /** How the candidates can be instead; what is not in it stays as it is on the disk. */
  readonly others: readonly FilePlan[];
}

/** The candidates that errors of one file hang on: without them all are gone. None where they stay either way. */
export async function culpritsOf(
  check: TypeCheck,
  problems: readonly TypeProblem[],
  { candidates, tree, others }: Ways,
): Promise<readonly string[]> {
  const vanish = async (paths: readonly string[]): Promise<boolean> => {
    const overlay = treeOf(tree, new Set(paths), others);
    const gone = await lessIn(check, problems, overlay);
    return gone.length === problems.length;
  };
  return candidates.length > 0 && (await vanish(candidates))
    ? halve(candidates, vanish)
    : [];
}

/** Where it takes files of both halves, all count. */
async function halve(
  paths: readonly string[],
  vanish: (paths: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  if (paths.length === 1) return paths;
  const middle = paths.length >> 1;
  for (const half of [paths.slice(0, middle), paths.slice(middle)]) {
    if (await vanish(half)) return halve(half, vanish);
  }
  return paths;
}
