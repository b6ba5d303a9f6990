import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Answer, judge } from "../corpus/judge.ts";
import { linesOf } from "../corpus/lines.ts";
import type { MergeCase } from "../corpus/merge-case.ts";
import { byHand, crlf, styles } from "../corpus/styles.ts";
import { canonical } from "../corpus/tokens.ts";
import { randomFrom, announcedSeed } from "../support/random.ts";

const base = `import { Pool } from "./pool.ts";
import type { Options } from "./options.ts";

const limit = 10;

/** Holds what was lent. */
export class Lender {
  readonly #pool = new Pool("main");

  // The pool may be slow.
  async lend(options: Options): Promise<string> {
    if (options.size > limit) throw new Error("too many");
    const loan = await this.#pool.take({ size: options.size });
    return loan.name;
  }

  giveBack(name: string): void {
    this.#pool.put(name, (entry) => entry.free);
  }
}
`;
const yours = base.replace("too many", "too much");
const theirs = base.replace("const limit = 10", "const limit = 20");
const expected = yours.replace("const limit = 10", "const limit = 20");

const mergeable: MergeCase = {
  kind: "",
  path: "lender.ts",
  base,
  yours,
  theirs,
  wanted: "merge",
  expected: [expected],
};
const clash: MergeCase = {
  ...mergeable,
  theirs: base.replace("too many", "a lot"),
  wanted: "conflict",
  expected: [],
  contested: { yours: "too much", theirs: "a lot" },
};

const clean = (text: string): Answer => ({ pieces: [text] });

test("judge – the expected text is right", () => {
  assert.equal(judge(mergeable, clean(expected)), {
    outcome: "right",
    collateral: [],
  });
});

test("judge – a change of one side that got lost is wrong", () => {
  for (const text of [yours, theirs, base])
    assert.is(judge(mergeable, clean(text)).outcome, "wrong");
});

test("judge – a lost, repeated or swapped line is found, whichever line it is", () => {
  const lines = linesOf(expected);
  const missed = lines.flatMap((line, index) => {
    const before = lines.slice(0, index);
    const after = lines.slice(index + 1);
    const isBesideChange =
      line.trim() === "" &&
      [before.at(-1), after[0]].some((next) => next?.includes("limit = 20"));
    const mutants = [
      ...(isBesideChange ? [] : [[...before, ...after]]),
      ...(line.trim() === "" ? [] : [[...before, line, line, ...after]]),
    ];
    return mutants
      .map((mutant) => judge(mergeable, clean(mutant.join(""))))
      .filter(
        ({ outcome, collateral }) =>
          outcome === "right" && collateral.length === 0,
      )
      .map(() => line);
  });
  assert.equal(missed, []);
});

test("judge – an untouched line in another layout is collateral", () => {
  const lines = linesOf(expected);
  const missed = lines.filter((line, index) => {
    if (line.trim() === "" || line.includes("limit = 20")) return false;
    const mutant = [
      ...lines.slice(0, index),
      ` ${line}`,
      ...lines.slice(index + 1),
    ];
    return judge(mergeable, clean(mutant.join(""))).collateral.length !== 1;
  });
  assert.equal(missed, []);
});

test("judge – a line that upstream changed may come in any layout", () => {
  const text = expected.replace("const limit = 20;", "const limit  =\n  20");
  assert.equal(judge(mergeable, clean(text)), {
    outcome: "right",
    collateral: [],
  });
});

test("judge – order counts where it means something, and not among imports and members", () => {
  const swap = (text: string, a: string, b: string): string =>
    text.replace(a, "\0").replace(b, a).replace("\0", b);
  const [first = "", second = ""] = linesOf(expected);
  assert.is(canonical(swap(expected, first, second)), canonical(expected));
  const check = '    if (options.size > limit) throw new Error("too much");\n';
  const take =
    "    const loan = await this.#pool.take({ size: options.size });\n";
  assert.ok(expected.includes(check) && expected.includes(take));
  assert.is.not(canonical(swap(expected, check, take)), canonical(expected));
});

test("judge – comments count", () => {
  const text = expected.replace(
    "// The pool may be slow.",
    "// The pool is fast.",
  );
  assert.is(judge(mergeable, clean(text)).outcome, "wrong");
});

test("judge – one LF among CRLF is wrong", () => {
  const given = {
    ...mergeable,
    yours: crlf(yours),
    expected: [crlf(expected)],
  };
  assert.is(judge(given, clean(crlf(expected))).outcome, "right");
  const mixed = crlf(expected).replace("20;\r\n", "20;\n");
  assert.is(judge(given, clean(mixed)).outcome, "wrong");
});

test("judge – a conflict is false where the outcome is certain", () => {
  const answer = { pieces: [{ yours, theirs }] };
  assert.is(judge(mergeable, answer).outcome, "false conflict");
  assert.is(judge({ ...mergeable, wanted: "either" }, answer).outcome, "left");
});

test("judge – lines that a conflict swallows are collateral", () => {
  const answer = { pieces: [{ yours: "", theirs }, "}\n"] };
  assert.ok(judge(mergeable, answer).collateral.length > 10);
});

test("judge – what must conflict is wrong when it is clean, and when the conflict is elsewhere", () => {
  const at = clash.yours.indexOf("    if (options");
  const to = clash.yours.indexOf("    const loan");
  const around = (sides: { yours: string; theirs: string }): Answer => ({
    pieces: [clash.yours.slice(0, at), sides, clash.yours.slice(to)],
  });
  const mine = clash.yours.slice(at, to);
  const next = mine.replace("too much", "a lot");
  assert.is(
    judge(clash, around({ yours: mine, theirs: next })).outcome,
    "rightly left",
  );
  assert.is(judge(clash, clean(clash.yours)).outcome, "wrong");
  assert.is(
    judge(clash, around({ yours: mine, theirs: mine })).outcome,
    "wrong",
  );
});

test("judge – a right merge that does not compile may be left to a person", () => {
  const given: MergeCase = {
    ...mergeable,
    yours: `${base}const extra = 1;\n`,
    theirs: `const extra = 2;\n${base}`,
    expected: [`const extra = 2;\n${base}const extra = 1;\n`],
  };
  const answer = { pieces: [{ yours: given.yours, theirs: given.theirs }] };
  assert.is(judge(given, answer).outcome, "left");
});

test("judge – every style means the same, and any other token does not", async () => {
  const random = randomFrom(announcedSeed());
  for (const { name, apply } of styles) {
    const text = await apply(expected);
    assert.is(canonical(text), canonical(expected), name);
    const words = [...text.matchAll(/\w+/g)];
    const word = words[Math.floor(random() * words.length)];
    const at = word?.index ?? 0;
    const mutant = `${text.slice(0, at)}x${text.slice(at)}`;
    assert.is.not(canonical(mutant), canonical(expected), `${name}: ${at}`);
  }
  assert.is.not(byHand(expected), expected);
});

test.run();
