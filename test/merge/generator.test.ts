import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawCases, type DrawnCase } from "../corpus/corpus.ts";
import { customisations } from "../corpus/customisations.ts";
import { emittedPairs } from "../corpus/emitted.ts";
import { judge } from "../corpus/judge.ts";
import { commonLines, linesOf } from "../corpus/lines.ts";
import { recipes } from "../corpus/recipes.ts";
import { canonical } from "../corpus/tokens.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

const seed = announcedSeed();
const pairs = await emittedPairs();

async function draw(
  count: number,
  from: number,
): Promise<readonly DrawnCase[]> {
  const cases: DrawnCase[] = [];
  for await (const made of drawCases(pairs, randomFrom(from))) {
    cases.push(made);
    if (cases.length === count) break;
  }
  return cases;
}

const drawn = await draw(100, seed);
const mergeable = drawn.filter(({ wanted }) => wanted === "merge");

test("corpus – the same seed gives the same cases", async () => {
  assert.equal(await draw(20, seed), drawn.slice(0, 20));
});

test("corpus – there are at least thirty customisations, each under a name of its own", () => {
  const names = new Set(customisations.map(({ name }) => name));
  assert.is(names.size, customisations.length);
  assert.ok(names.size >= 30);
  const groups = new Set(recipes.map(({ group }) => group));
  assert.equal([...groups], ["elsewhere", "hot", "style", "pair", "clash"]);
});

test("corpus – both sides of every case changed something, and what is expected has both", () => {
  for (const { kind, path, base, yours, theirs, expected } of drawn) {
    const where = `${kind} in ${path}`;
    assert.is.not(yours, base, where);
    assert.is.not(theirs, base, where);
    for (const text of expected) {
      assert.is.not(text, yours, where);
      assert.is.not(text, theirs, where);
      assert.is.not(text, base, where);
    }
  }
  assert.ok(mergeable.length > drawn.length / 2);
});

test("corpus – the judge accepts the expected outcome of every case, and neither side alone", () => {
  for (const given of mergeable) {
    const { kind, path, yours, theirs, expected } = given;
    const where = `${kind} in ${path}`;
    const verdict = (text: string): string =>
      judge(given, { pieces: [text] }).outcome;
    for (const text of expected) assert.is(verdict(text), "right", where);
    const meaning = canonical(expected[0] ?? "");
    for (const text of [yours, theirs]) {
      if (canonical(text) !== meaning) assert.is(verdict(text), "wrong", where);
    }
  }
});

test("corpus – the judge finds any line of a right merge that is lost, repeated or laid out anew", () => {
  const random = randomFrom(seed);
  for (const given of mergeable) {
    const lines = linesOf(given.expected[0] ?? "");
    const shared = commonLines(linesOf(given.yours), lines);
    const at = Math.floor(random() * lines.length);
    const line = lines[at] ?? "";
    if (!/\w/.test(line) || !isOnce(line, shared)) continue;
    const [before, after] = [lines.slice(0, at), lines.slice(at + 1)];
    const mutants = [[], [line, line], [`  ${line}`]];
    for (const mutant of mutants) {
      const text = [...before, ...mutant, ...after].join("");
      const { outcome, collateral } = judge(given, { pieces: [text] });
      const isFound = outcome === "wrong" || collateral.length > 0;
      assert.ok(
        isFound,
        `${given.kind} in ${given.path}: ${mutant.length} × ${line}`,
      );
    }
  }
});

function isOnce(line: string, lines: readonly string[]): boolean {
  return lines.filter((other) => other === line).length === 1;
}

test.run();
