import { test } from "uvu";
import * as assert from "uvu/assert";
import { declarationAtLine, mergeFile } from "../../src/merge.ts";
import { conflictsOf, type Merged } from "../../src/merge/merged.ts";
import { decideMerged, printMarkers } from "../../src/merge/print-merged.ts";
import { tell } from "./story.ts";

test("what one side left as it was is the other side's text, byte for byte", () => {
  const path = "file.ts";
  const base = "const a = 1;\n";
  const other = "const  a=2\n\n\n";
  assert.equal(mergeFile({ path, base, yours: base, theirs: other }), {
    pieces: [other],
    stage: "same",
  });
  assert.equal(mergeFile({ path, base, yours: other, theirs: base }), {
    pieces: [other],
    stage: "same",
  });
  assert.equal(mergeFile({ path, base, yours: other, theirs: other }).pieces, [
    other,
  ]);
});

test("23. byte order mark, line endings and a missing final newline are the user's", () => {
  const base = "const a = 1;\n\nconst b = 2;\n\nconst c = 3;\n";
  const yours = "\uFEFFconst a = 0;\r\n\r\nconst b = 2;\r\n\r\nconst c = 3;";
  const theirs = base.replace("3", "4");
  assert.equal(mergeFile({ path: "file.ts", base, yours, theirs }).pieces, [
    "\uFEFFconst a = 0;\r\n\r\nconst b = 2;\r\n\r\nconst c = 4;",
  ]);
});

test("61. unresolved markers in the user's text: the file is refused", () => {
  const base = "const a = 1;\n";
  const yours =
    "<<<<<<< yours\nconst a = 2;\n||||||| base 1.0.0\nconst a = 1;\n=======\nconst a = 3;\n>>>>>>> create-bento-db 1.1.0\n";
  const theirs = "const a = 4;\n";
  const merged = mergeFile({ path: "file.ts", base, yours, theirs });
  assert.is(merged.doubt, "markers");
  assert.is(conflictsOf(merged).length, 1);
});

test("62. a text that does not parse: merged by lines alone, and said to be unverified", () => {
  const base = "const a = 1;\n\nconst b = 2;\n\nconst c = 3;\n";
  const yours = base.replace("a = 1", "a = = 1");
  const theirs = base.replace("3", "4");
  const merged = mergeFile({ path: "file.ts", base, yours, theirs });
  assert.is(merged.doubt, "unparsed");
  assert.equal(merged.pieces, [yours.replace("3", "4")]);
});

test("a line that both sides inserted is there once, although yours changed the one before it too", () => {
  const body = (...lines: string[]): string =>
    `export function one() {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
  const base = body("alpha(alpha, 0);");
  const theirs = body("alpha(alpha, 0);", "next(alpha, 0);");
  const yours = body("own(alpha, 0);", "next(alpha, 0);");
  const merged = mergeFile({ path: "file.ts", base, yours, theirs });
  for (const side of ["yours", "theirs"] as const) {
    const text = decideMerged(merged, (conflict) => conflict[side]);
    assert.is(text.split("next(alpha, 0);").length, 2, text);
  }
  assert.is(conflictsOf(merged)[0]?.yours, yours);
});

test("a declaration that you renamed and the new version removed is left to you, and nothing else", () => {
  const zero = "export function zero(): void {\n  beta();\n}\n";
  const one = "export function one(): void {\n  alpha(1);\n}\n";
  const own = one.replace("one", "own");
  for (const [before, after] of [
    ["", ""],
    [`${zero}\n`, ""],
    [`${zero}\n`, "\nexport const last = 1;\n"],
  ] as const) {
    const base = before + one + after;
    const yours = before + own + after;
    const theirs = before.trimEnd() + (before && "\n") + after;
    const merged = mergeFile({ path: "file.ts", base, yours, theirs });
    const [conflict, ...others] = conflictsOf(merged);
    assert.is(conflict?.yours, own);
    assert.is(
      conflict?.reason,
      "You changed `own`, which the new version removed.",
    );
    assert.is(others.length, 0);
    assert.is(
      decideMerged(merged, (one) => one.yours),
      yours,
    );
  }
});

test("46. a statement at the top of what the new version puts under a condition, with conditions of its own inside, is asked as a whole", () => {
  const opening = "export function link(value: number): boolean {\n";
  const inside =
    "const half = value / 2;\nif (half === 0) return false;\nif (half > 1) log(half, value);\nreturn true;\n";
  const indented = (by: string): string => inside.replaceAll(/^(?=.)/gm, by);
  const yours = `  trace("enter");\n${indented("  ")}`;
  const theirs = `  if (enabled) {\n${indented("    ")}  }\n`;
  const merged = mergeFile({
    path: "file.ts",
    base: `${opening}${indented("  ")}}\n`,
    yours: `${opening}${yours}}\n`,
    theirs: `${opening}${theirs}}\n`,
  });
  const [conflict, ...others] = conflictsOf(merged);
  assert.is(conflict?.yours, yours);
  assert.is(conflict?.theirs, theirs);
  assert.is(others.length, 0);
});

test("what both sides put at one place is said to be in the declaration, and not the declaration itself", () => {
  const text = (own: string): string =>
    `export function one() {\n${own}  alpha(1);\n}\n`;
  const merged = mergeFile({
    path: "file.ts",
    base: text(""),
    yours: text("  own(2);\n"),
    theirs: text("  next(3);\n"),
  });
  assert.equal(
    conflictsOf(merged).map(({ reason }) => reason),
    ["You and the new version both added lines at one place in `one`."],
  );
});

test("a text without declarations is merged by lines", () => {
  const base = "# Title\n\nOne.\n\nTwo.\n";
  const merged = mergeFile({
    path: "README.md",
    base,
    yours: base.replace("One", "Eins"),
    theirs: base.replace("Two", "Zwei"),
  });
  assert.equal(merged, {
    pieces: ["# Title\n\nEins.\n\nZwei.\n"],
    stage: "lines",
  });
});

test("a conflict in a text without declarations has both lines between markers", () => {
  const base = "a: 1\nb: 2\n";
  const merged = mergeFile({
    path: "file.yaml",
    base,
    yours: base.replace("2", "3"),
    theirs: base.replace("2", "4"),
  });
  assert.fixture(
    printMarkers(merged, { yours: "yours", base: "base", theirs: "theirs" }),
    "a: 1\n<<<<<<< yours\nb: 3\n||||||| base\nb: 2\n=======\nb: 4\n>>>>>>> theirs\n",
  );
});

test("markers leave outside what both sides begin and end with, and have the line endings of the file", () => {
  const conflict = {
    name: "open",
    reason: "",
    base: "open() {\r\n  a();\r\n}\r\n",
    yours: "open() {\r\n  b();\r\n}\r\n",
    theirs: "open() {\r\n  c();\r\n  d();\r\n}\r\n",
  };
  const merged: Merged = { pieces: ["x\r\n", conflict], stage: "lines" };
  assert.is(
    printMarkers(merged, { yours: "yours", base: "base", theirs: "theirs" }),
    [
      "x\nopen() {\n<<<<<<< yours\n  b();\n||||||| base\nopen() {\n  a();\n}\n",
      "=======\n  c();\n  d();\n>>>>>>> theirs\n}\n",
    ]
      .join("")
      .replaceAll("\n", "\r\n"),
  );
});

test("texts too long to compare are one conflict", () => {
  const lines = (word: string): string =>
    Array.from({ length: 6000 }, (_, index) => `${word} ${index}\n`).join("");
  const merged = mergeFile({
    path: "long.txt",
    base: lines("a"),
    yours: lines("b"),
    theirs: lines("c"),
  });
  assert.is(conflictsOf(merged).length, 1);
});

const counted = `import { a } from "./a.ts";

export class Counter {
  up(): number {
    return a(1);
  }

  down(): number {
    return a(2);
  }
}
`;

test("60. a declaration that a type check objects to is left to the user, and no other", () => {
  const path = "file.ts";
  const yours = counted.replace("return a(1)", "log();\n    return a(1)");
  const theirs = counted
    .replace("return a(1)", "return a(1, true)")
    .replace("return a(2)", "return a(2, true)");
  const name = declarationAtLine(path, yours, 6);
  assert.is(name, "Counter.up");
  const merged = mergeFile({
    path,
    base: counted,
    yours,
    theirs,
    disputed: new Map([[name, "Expected 1 argument, but got 2."]]),
  });
  const [conflict, ...others] = conflictsOf(merged);
  assert.equal(others, []);
  assert.is(conflict?.name, "Counter.up");
  assert.is(conflict?.reason, "Expected 1 argument, but got 2.");
  const text = decideMerged(merged, ({ yours }) => yours);
  assert.ok(text.includes("return a(2, true)"));
});

test("a line outside all declarations has no name", () => {
  assert.is(declarationAtLine("file.ts", counted, 2), "");
  assert.is(declarationAtLine("file.ts", counted, 9), "Counter.down");
  assert.is(declarationAtLine("README.md", counted, 9), "");
});

tell({
  name: "a name that both sides gave another name: a conflict",
  base: `
    const limit = 1;

    export function read(): number {
      return limit;
    }
  `,
  yours: [
    ["const limit", "const mine"],
    ["return limit", "return mine"],
  ],
  theirs: [
    ["const limit", "const its"],
    ["return limit", "return its"],
  ],
  conflicts: ["mine", "read"],
});

tell({
  name: "a name that the new version changed, in a function that the user moved: renamed at its new place",
  base: `
    function first(): void {
      start();
    }

    function start(): void {
      console.log("start");
    }

    export const all = [first];
  `,
  yours: `
    function start(): void {
      console.log("start");
    }

    export const all = [first];

    function first(): void {
      start();
    }
  `,
  theirs: [
    ["  start();", "  begin();"],
    ["function start", "function begin"],
  ],
  merged: [
    ["  start();", "  begin();"],
    ["function start", "function begin"],
  ],
});

tell({
  name: "an import that the user gave another name, used anew by the new version: under that name",
  base: `
    import { open } from "./open.ts";

    export const one = open();
  `,
  yours: [
    ["{ open }", "{ open as openPool }"],
    ["= open()", "= openPool()"],
  ],
  theirs: [["open();\n", "open();\nexport const two = open();\n"]],
  merged: [["openPool();\n", "openPool();\nexport const two = openPool();\n"]],
});

tell({
  name: "an exported name that the release renamed is renamed in the user's import and its uses",
  base: `
    import { open } from "./open.ts";

    export const one = open();
  `,
  yours: [["open();\n", "open();\nexport const two = open();\n"]],
  theirs: [
    ["{ open }", "{ openPool }"],
    ["= open()", "= openPool()"],
  ],
  renames: new Map([["open", "openPool"]]),
  merged: [
    ["{ open }", "{ openPool }"],
    ["one = open()", "one = openPool()"],
    ["two = open()", "two = openPool()"],
  ],
});

test.run();
