import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile } from "../../src/merge.ts";
import { conflictsOf, type Merged } from "../../src/merge/merged.ts";

/** Far above what the machine needs, and far below what one squared too many takes. */
const mostSeconds = 30;

interface Large {
  readonly base: string;
  readonly yours: readonly [from: string, to: string];
  readonly theirs: readonly [from: string, to: string];
}

function merged({ base, yours, theirs }: Large): Merged {
  const replaced = ([from, to]: readonly [string, string]): string =>
    base.replaceAll(from, to);
  const started = performance.now();
  const result = mergeFile({
    path: "large.ts",
    base,
    yours: replaced(yours),
    theirs: replaced(theirs),
  });
  const seconds = (performance.now() - started) / 1000;
  assert.ok(seconds < mostSeconds, `${seconds} s`);
  return result;
}

/** Compared without being printed: a difference would fill the screen. */
function clean(large: Large): void {
  const [text, ...others] = merged(large).pieces;
  const { base, yours, theirs } = large;
  const expected = base.replaceAll(...yours).replaceAll(...theirs);
  assert.ok(others.length === 0 && text === expected, "not both changes");
}

function many(count: number, made: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => made(index)).join("\n");
}

const functions = many(
  375,
  (index) =>
    `export function f${index}(a: number): number {\n  const sum = a + ${index};\n  if (sum > ${index}) {\n    throw new Error("too large ${index}");\n  }\n  return sum * ${index};\n}\n`,
);

test("large – a file of 3,000 lines in which one side renamed and the other changed something everywhere", () => {
  clean({
    base: functions,
    yours: ["sum", "total"],
    theirs: ["too large", "larger"],
  });
});

test("large – five hundred functions that are alike but for their names", () => {
  clean({
    base: many(
      500,
      (index) => `function f${index}() {\n  one();\n  two();\n}\n`,
    ),
    yours: ["f250() {\n  one();", "f250() {\n  mine();\n  one();"],
    theirs: ["f251() {\n  one();", "f251() {\n  its();\n  one();"],
  });
});

test("large – an array of 20,000 lines", () => {
  clean({
    base: `export const all = [\n${many(20_000, (index) => `  ${index},`)}\n];\n`,
    yours: ["\n  500,\n", "\n  500.5,\n"],
    theirs: ["\n  15000,\n", "\n  15000.5,\n"],
  });
});

test("large – one line of 100,000 characters", () => {
  clean({
    base: `${many(1000, (index) => `function f${index}(a,b){var c=a+b+${index};if(c>${index}){throw new Error("t${index}")}return c*${index}}`).replaceAll("\n", "")}\n`,
    yours: ['"t10"', '"mine"'],
    theirs: ['"t900"', '"its"'],
  });
});

test("large – blocks in blocks in blocks", () => {
  clean({
    base: `${"if (a) {\n".repeat(300)}x(1);\ny(2);\n${"}\n".repeat(300)}`,
    yours: ["x(1)", "x(3)"],
    theirs: ["y(2)", "y(4)"],
  });
});

test("large – what is too deep to be read is left to the user with a word, and does not crash", () => {
  const { doubt, ...result } = merged({
    base: `export const a = ${"[".repeat(5000)}1, 2${"]".repeat(5000)};\n`,
    yours: ["1,", "3,"],
    theirs: ["2]", "4]"],
  });
  assert.is(doubt, "unparsed");
  assert.equal(
    conflictsOf(result).map(({ reason }) => reason),
    ["Both sides changed these lines."],
  );
});

test("large – a value too long for a sentence is not quoted in one", () => {
  const [conflict] = conflictsOf(
    merged({
      base: `export const text = \`\n${many(5000, (index) => `line ${index}`)}\n\`;\n`,
      yours: ["line 10\n", "mine\n"],
      theirs: ["line 10\n", "its\n"],
    }),
  );
  assert.is(
    conflict?.reason,
    "You changed a long value in `text`, and the new version changed it too.",
  );
});

test.run();
