import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile } from "../../src/merge.ts";
import { drawCases } from "./corpus.ts";
import { emittedPairs } from "./emitted.ts";
import { type Judged, judgeWith, rightShare, tally } from "./tally.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

const count = 250;

const engine = { name: "ours", merge: mergeFile };
const seed = announcedSeed();
const judged: Judged[] = [];
for await (const given of drawCases(await emittedPairs(), randomFrom(seed))) {
  judged.push(judgeWith(engine, given));
  if (judged.length === count) break;
}
const figures = tally(judged);
console.log(
  `seed ${seed}: ${figures.right} right of ${figures.mergeable}, ${figures.falseConflicts} false conflicts, ${figures.wrong} wrong, ${figures.collateral} collateral lines in ${figures.cases} cases`,
);

/** Where something went wrong, in a form that can be drawn again. */
function places(isWanted: (one: Judged) => boolean): string[] {
  return judged
    .filter(isWanted)
    .map(({ given, outcome }) => `${outcome}: ${given.kind} in ${given.path}`);
}

test("merging the corpus – nothing is merged wrongly, and what clashes is left to the user", () => {
  assert.equal(
    places(({ outcome }) => outcome === "wrong"),
    [],
  );
  assert.ok(judged.some(({ outcome }) => outcome === "rightly left"));
});

test("merging the corpus – lines that no side changed keep every byte", () => {
  assert.equal(
    places(({ collateral }) => collateral.length > 0),
    [],
  );
});

test("merging the corpus – at least 98 % of what can be merged is", () => {
  assert.ok(
    rightShare(figures) >= 98,
    places(({ outcome }) => outcome === "false conflict").join("\n"),
  );
});

test.run();
