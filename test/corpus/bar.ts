import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile } from "../../src/merge.ts";
import { drawCases } from "./corpus.ts";
import type { ReleasePair } from "./merge-case.ts";
import { type Judged, judgeWith, rightShare, tally } from "./tally.ts";
import { randomFrom } from "../support/random.ts";

const engine = { name: "ours", merge: mergeFile };

/** Merges so many cases of each seed, and tests that the merge is as good as it has to be; prints what came of each seed. */
export async function holdToBar(
  name: string,
  pairs: readonly ReleasePair[],
  { seeds, count }: { seeds: readonly number[]; count: number },
): Promise<void> {
  const judged: Judged[] = [];
  for (const seed of seeds) {
    const own = await judgedCases(pairs, seed, count);
    judged.push(...own);
    console.log(`seed ${seed}, ${name}: ${inWords(own)}`);
  }

  test(`merging ${name} – nothing is merged wrongly, and what clashes is left to the user`, () => {
    assert.equal(
      places(judged, ({ outcome }) => outcome === "wrong"),
      [],
    );
    assert.ok(judged.some(({ outcome }) => outcome === "rightly left"));
  });

  test(`merging ${name} – lines that no side changed keep every byte`, () => {
    assert.equal(
      places(judged, ({ collateral }) => collateral.length > 0),
      [],
    );
  });

  test(`merging ${name} – at least 98 % of what can be merged is`, () => {
    assert.ok(
      rightShare(tally(judged)) >= 98,
      places(judged, ({ outcome }) => outcome === "false conflict").join("\n"),
    );
  });
}

async function judgedCases(
  pairs: readonly ReleasePair[],
  seed: number,
  count: number,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for await (const given of drawCases(pairs, randomFrom(seed))) {
    judged.push(judgeWith(engine, given));
    if (judged.length === count) break;
  }
  return judged;
}

function inWords(judged: readonly Judged[]): string {
  const figures = tally(judged);
  return `${figures.right} right of ${figures.mergeable}, ${figures.falseConflicts} false conflicts, ${figures.wrong} wrong, ${figures.collateral} collateral lines in ${figures.cases} cases`;
}

/** Where something went wrong, in a form that can be drawn again. */
function places(
  judged: readonly Judged[],
  isWanted: (one: Judged) => boolean,
): readonly string[] {
  return judged
    .filter(isWanted)
    .map(({ given, outcome }) => `${outcome}: ${given.kind} in ${given.path}`);
}
