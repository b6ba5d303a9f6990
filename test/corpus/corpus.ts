import type { MergeCase, ReleasePair } from "./merge-case.ts";
import { type Recipe, recipes } from "./recipes.ts";
import { mechanicalRelease, realRelease, type Release } from "./release.ts";
import { pick, shuffled } from "./sampling.ts";

/** A case with the sort that it is of. */
export interface DrawnCase extends MergeCase {
  readonly group: Recipe["group"];
}

/** How often a recipe may ask for another file until it finds a place. */
const attempts = 40;

/**
 * Cases without end, every sort of them equally often, the same for the same seed. Half of them are steps that releases
 * really took, where there are any; the others change the newer text mechanically.
 */
export async function* drawCases(
  pairs: readonly ReleasePair[],
  random: () => number,
): AsyncGenerator<DrawnCase, never> {
  for (;;) {
    for (const recipe of shuffled(recipes, random)) {
      const made = await drawCase(recipe, pairs, random);
      if (made !== undefined) yield { ...made, group: recipe.group };
    }
  }
}

async function drawCase(
  recipe: Recipe,
  pairs: readonly ReleasePair[],
  random: () => number,
): Promise<MergeCase | undefined> {
  const real = pairs.filter(({ base, theirs }) => base !== theirs);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const release =
      random() < 0.5 && real.length > 0
        ? drawReal(real, random)
        : await drawMechanical(pairs, random);
    const made = release && (await recipe.make(release, random));
    if (made !== undefined) return made;
  }
  return undefined;
}

function drawReal(
  pairs: readonly ReleasePair[],
  random: () => number,
): Release | undefined {
  const pair = pick(pairs, random);
  return pair && realRelease(pair);
}

async function drawMechanical(
  pairs: readonly ReleasePair[],
  random: () => number,
): Promise<Release | undefined> {
  const pair = pick(pairs, random);
  return pair && mechanicalRelease(pair.path, pair.theirs, random);
}
