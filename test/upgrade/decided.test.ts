/** What the user decides about a file's conflicts is looked at as a whole. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Conflict } from "../../src/merge/merged.ts";
import { faultOf } from "../../src/upgrade/plan-decided.ts";
import type { FilePlan } from "../../src/upgrade/plan-outcome.ts";
import { dressOf } from "../../src/upgrade/text-dress.ts";

type Side = "yours" | "theirs";

function conflict(yours: string, theirs: string): Conflict {
  return { name: "", reason: "", base: "", yours, theirs };
}

function planOf(
  path: string,
  pieces: readonly (string | Conflict)[],
): FilePlan {
  const side = (name: Side): string =>
    pieces
      .map((piece) => (typeof piece === "string" ? piece : piece[name]))
      .join("");
  return {
    id: path,
    path,
    from: undefined,
    action: "conflict",
    stage: "lines",
    note: "",
    text: undefined,
    next: undefined,
    conflict: {
      merged: { pieces, stage: "lines" },
      dress: dressOf(""),
      sides: { base: "", yours: side("yours"), theirs: side("theirs") },
      baseVersion: "1.0.0",
      taken: false,
    },
  };
}

const f = "function f() {}\n";

test("decided – a declaration that one side moved: only one side for both places is right, and what is open may still become it", () => {
  const [first, second] = [conflict("", f), conflict(f, "")];
  const file = planOf("a.ts", [first, "f();\n", second]);
  const decide = (one: Side | undefined, other: Side | undefined) =>
    faultOf(
      file,
      new Map([
        [first, one && first[one]],
        [second, other && second[other]],
      ]),
    );
  assert.is(decide("yours", "yours"), undefined);
  assert.is(decide("theirs", "theirs"), undefined);
  assert.is(decide("theirs", undefined), undefined);
  assert.is(decide(undefined, "yours"), undefined);
  assert.is(decide("theirs", "yours"), "`f` is declared twice");
});

const together: readonly (readonly [
  path: string,
  yours: string,
  theirs: string,
  fault: string | undefined,
])[] = [
  ["a.ts", f, "function g() {}\n", undefined],
  ["a.ts", f, "function f() { return 1; }\n", "`f` is declared twice"],
  ["a.ts", "const a = 1;\n", "const a = 2;\n", "`a` is declared twice"],
  [
    "a.ts",
    "interface A { b: 1 }\n",
    "interface A { c: 1 }\n",
    "`A` is declared twice",
  ],
  ["a.ts", "export const a = [\n", "];\n", undefined],
  ["a.ts", "// only words\n", "// other words\n", undefined],
  ["a.json", '{ "a": 1 }\n', '{ "a": 2 }\n', "it does not parse"],
  ["a.md", "one\n", "two\n", undefined],
];

test("decided – both sides together: what does not parse or has a name twice is said, and nothing else", () => {
  for (const [path, yours, theirs, fault] of together) {
    const one = conflict(yours, theirs);
    const decided = new Map([[one, yours + theirs]]);
    assert.is(faultOf(planOf(path, [one]), decided), fault, yours + theirs);
  }
});

test("decided – members of a class, and overloads, which are none", () => {
  const one = conflict("  a() {}\n", "  a() { b(); }\n");
  const file = planOf("a.ts", ["class A {\n", one, "}\n"]);
  const both = new Map([[one, one.yours + one.theirs]]);
  assert.is(faultOf(file, both), "`a` is in it twice");
  const overload = conflict(
    "  a(b: string): void;\n",
    "  a(b: number): void;\n",
  );
  const other = planOf("a.ts", ["class A {\n", overload, "  a() {}\n}\n"]);
  const added = new Map([[overload, overload.yours + overload.theirs]]);
  assert.is(faultOf(other, added), undefined);
});

test.run();
