import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile } from "../../src/merge.ts";
import { conflictsOf } from "../../src/merge/merged.ts";
import { decideMerged } from "../../src/merge/print-merged.ts";
import { crlf } from "../corpus/styles.ts";
import { announcedSeed } from "../support/random.ts";

const seed = announcedSeed();

/** Three texts of one file in small pieces, so that edits often meet. */
interface Sides {
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}

const words = ["alpha", "beta", "gamma", "delta"];
const word = fc.constantFrom(...words);
const number = fc.integer({ min: 0, max: 9 });

const statement = fc.oneof(
  fc.tuple(word, word, number).map(([a, b, n]) => `  ${a}(${b}, ${n});`),
  fc.tuple(word, number).map(([a, n]) => `  if (${a} > ${n}) return;`),
  word.map((a) => `  // ${a} comes first`),
);

const body = fc.array(statement, { maxLength: 4 });

/** A function's name and its statements. */
type Block = readonly [name: string, lines: readonly string[]];

const block: fc.Arbitrary<Block> = fc.tuple(
  fc.constantFrom("one", "two", "three", "four", "five"),
  body,
);

const program = fc.uniqueArray(block, {
  minLength: 1,
  maxLength: 4,
  selector: ([name]) => name,
});

type Program = readonly Block[];

function printed(blocks: Program, mark: string): string {
  const functions = blocks.map(([name, lines]) =>
    [`export function ${name}(): void {`, ...lines, "}", ""].join("\n"),
  );
  return [
    `import { ${words.join(", ")} } from "./${mark}.ts";`,
    "",
    ...functions,
  ].join("\n");
}

/** What somebody makes of a program: a line more, less or other, a function more or less. */
const edit = fc.record({
  at: fc.nat(7),
  line: fc.nat(7),
  what: fc.constantFrom("insert", "delete", "replace", "add", "drop"),
  text: statement,
});

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(
  blocks: Program,
  edits: readonly Edit[],
  author: string,
): Program {
  return edits.reduce<Program>((now, { at, line, what, text }, index) => {
    const own = text.replace(/\b[a-z]+(?=\(| comes)/, `${author}${index}`);
    if (what === "add") return [...now, [`${author}${index}`, [own]]];
    const target = at % Math.max(now.length, 1);
    if (what === "drop") return now.filter((_, place) => place !== target);
    return now.map(([name, lines], place): Block => {
      if (place !== target) return [name, lines];
      const where = line % (lines.length + 1);
      const rest = lines.slice(where + (what === "insert" ? 0 : 1));
      return [
        name,
        [
          ...lines.slice(0, where),
          ...(what === "delete" ? [] : [own]),
          ...rest,
        ],
      ];
    });
  }, blocks);
}

const edits = fc.array(edit, { maxLength: 3 });

const programs: fc.Arbitrary<Sides> = fc
  .tuple(program, edits, edits)
  .map(([blocks, mine, next]) => ({
    path: "program.ts",
    base: printed(blocks, "words"),
    yours: printed(edited(blocks, mine, "own"), "words"),
    theirs: printed(edited(blocks, next, "next"), "words"),
  }));

/** Any lines at all, in files that are not code as well. */
const lines = fc
  .array(
    fc.constantFrom(
      "a",
      "b",
      "{",
      "}",
      "",
      "  c",
      "`",
      "/*",
      "=======",
      "x = 1;",
    ),
    { maxLength: 8 },
  )
  .chain((all) =>
    fc.boolean().map((ends) => all.join("\n") + (ends ? "\n" : "")),
  );

/** What is emitted ends with a line break; a user's file may not. */
const emitted = lines.map((text) => (/[^\n]$/.test(text) ? `${text}\n` : text));

const texts: fc.Arbitrary<Sides> = fc.record({
  path: fc.constantFrom("a.ts", "a.md", "a.json"),
  base: emitted,
  yours: lines,
  theirs: emitted,
});

const sides = fc.oneof(programs, texts);

function check<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  holds: (value: T) => void,
): void {
  fc.assert(fc.property(arbitrary, holds), { seed, numRuns: runs });
}

const settled = (merged: ReturnType<typeof mergeFile>): string =>
  decideMerged(merged, ({ yours }) => yours);

const cleanText = (given: Sides): string | undefined => {
  const merged = mergeFile(given);
  return conflictsOf(merged).length === 0 ? settled(merged) : undefined;
};

test("properties – where one side changed nothing the other is taken byte for byte", () => {
  check(sides, 10_000, ({ path, base, yours, theirs }) => {
    assert.is(cleanText({ path, base, yours: base, theirs }), theirs);
    assert.is(cleanText({ path, base, yours, theirs: base }), yours);
    assert.is(cleanText({ path, base, yours, theirs: yours }), yours);
  });
});

test("properties – merging again what was merged never gives anything else", () => {
  check(programs, 2000, (given) => {
    const once = cleanText(given);
    if (once === undefined) return;
    assert.is(cleanText({ ...given, base: given.theirs, yours: once }), once);
    // From the same base it may ask again, such as where a deletion now meets a change; and of two lines that are alike
    // nobody can tell which of them was there before.
    if ([given.base, given.yours, given.theirs].some(repeatsLines)) return;
    assert.is(cleanText({ ...given, yours: once }) ?? once, once);
  });
});

function repeatsLines(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.startsWith("  "));
  return new Set(lines).size < lines.length;
}

test("properties – the same input gives the same output", () => {
  check(sides, 500, (given) => {
    assert.equal(mergeFile(given), mergeFile(given));
  });
});

test("properties – unrelated edits give the same whoever made them", () => {
  check(
    fc.tuple(program, statement, statement),
    1000,
    ([blocks, first, second]) => {
      const framed: Program = [
        ["head", ["  alpha(1);"]],
        ...blocks,
        ["tail", ["  beta(2);"]],
      ];
      const base = printed(framed, "words");
      const a = base.replace(
        "  alpha(1);",
        `  alpha(1);\n${first.replace(/[a-z]+/, "own")}`,
      );
      const b = base.replace(
        "  beta(2);",
        `${second.replace(/[a-z]+/, "next")}\n  beta(2);`,
      );
      const path = "program.ts";
      const there = cleanText({ path, base, yours: a, theirs: b });
      assert.ok(there !== undefined, a + b);
      assert.is(cleanText({ path, base, yours: b, theirs: a }), there);
    },
  );
});

test("properties – CRLF in, CRLF out, and nothing else about it differs", () => {
  check(programs, 1000, (given) => {
    const plain = cleanText(given);
    const windows = cleanText({ ...given, yours: crlf(given.yours) });
    assert.is(windows, plain === undefined ? undefined : crlf(plain));
  });
});

test("properties – every word that the user wrote is in the result or in the user's side of a conflict", () => {
  check(programs, 10_000, (given) => {
    const result = settled(mergeFile(given));
    for (const [own] of given.yours.matchAll(/\bown\d+\b/g))
      assert.ok(result.includes(own), result);
  });
});

test("properties – every word that upstream wrote is in the result or in upstream's side of a conflict", () => {
  check(programs, 2000, (given) => {
    if (bothDropOne(given)) return;
    const result = decideMerged(mergeFile(given), ({ theirs }) => theirs);
    for (const [next] of given.theirs.matchAll(/\bnext\d+\b/g))
      assert.ok(result.includes(next), result);
  });
});

test("properties – a clean merge has each side's new lines exactly as often as that side", () => {
  check(programs, 2000, (given) => {
    const result = cleanText(given);
    if (result === undefined || bothDropOne(given)) return;
    for (const text of [given.yours, given.theirs])
      for (const [own] of text.matchAll(/^.*\b(?:own|next)\d+\b.*$/gm))
        assert.is(count(result, own), count(text, own), `${own}\n${result}`);
  });
});

/** What upstream gave another name, and the user deleted, stays deleted. */
function bothDropOne({ base, yours, theirs }: Sides): boolean {
  return [...base.matchAll(/function \w+\(/g)].some(
    ([name]) => !yours.includes(name) && !theirs.includes(name),
  );
}

function count(text: string, line: string): number {
  return text.split("\n").filter((other) => other === line).length;
}

test.run();
