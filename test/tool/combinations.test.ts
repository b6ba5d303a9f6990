import { test } from "uvu";
import * as assert from "uvu/assert";
import { renderProject, type RenderedFile } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import {
  databaseAxis,
  exampleAxis,
  importExtensionAxis,
  moduleAxis,
  nameOf,
  packageManagerAxis,
  partsAxis,
  pathAxis,
  product,
  structuralAnswers,
} from "../combinations/axes.ts";
import { brokenImports, deadFiles } from "../combinations/imports.ts";
import { Rendering } from "../combinations/rendering.ts";

const templates = await loadTemplates();
const rendering = new Rendering(templates);

/** Runs a check over combinations and fails with each distinct problem and one combination that has it. */
function demandNone(
  combinations: ReturnType<typeof structuralAnswers>,
  problemsOf: (
    files: readonly RenderedFile[],
    layer: string,
  ) => readonly string[],
): void {
  const found = new Map<string, string>();
  for (const answers of combinations) {
    for (const problem of problemsOf(rendering.files(answers), answers.path)) {
      if (!found.has(problem)) found.set(problem, nameOf(answers));
    }
  }
  const lines = [...found].map(([problem, name]) => `${problem} (${name})`);
  assert.equal(lines, []);
}

const structural = structuralAnswers();
const placed = product(
  databaseAxis,
  partsAxis,
  exampleAxis,
  moduleAxis,
  importExtensionAxis,
  pathAxis,
);

test("every combination – no two files land in the same place", () => {
  demandNone(structural, (files) => {
    const seen = new Set<string>();
    return files
      .map(({ path }) => path)
      .filter((path) => seen.size === seen.add(path).size);
  });
});

test("every combination – each relative import finds its file", () => {
  demandNone(structural, brokenImports);
  demandNone(placed, brokenImports);
});

test("every combination – no file is left that nothing uses", () => {
  demandNone(structural, deadFiles);
});

test("every combination – no leftovers of templates", () => {
  const all = [
    ...structural,
    ...placed,
    ...product(databaseAxis, partsAxis, exampleAxis, packageManagerAxis),
  ];
  const checked = new Set<RenderedFile>();
  demandNone(all, (files) =>
    files
      .filter((file) => checked.size !== checked.add(file).size)
      .flatMap(leftovers),
  );
});

test("every combination – the quick rendering is the real one", () => {
  const step = Math.floor(structural.length / 40);
  for (const answers of structural.filter((_, index) => index % step === 0)) {
    const sorted = [...rendering.files(answers)].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    );
    assert.equal(sorted, renderProject(answers, templates));
  }
});

function leftovers({ path, text }: RenderedFile): readonly string[] {
  const rules: readonly [RegExp, string][] = [
    [/\{\{/, "braces of a tag"],
    [/\n{3,}/, "two blank lines"],
    [/^\n/, "a blank line at the start"],
    [/\n\n$|[^\n]$/, "not one newline at the end"],
    [/[ \t]$/m, "blanks at the end of a line"],
    [/\r/, "a carriage return"],
  ];
  return rules
    .filter(([pattern]) => pattern.test(text))
    .map(([, what]) => `${path}: ${what}`);
}

test.run();
