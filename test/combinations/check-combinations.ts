/**
 * Checks every combination of answers: types, lint, format; and runs the emitted tests of a covering set.
 *
 *     tsx test/combinations/check-combinations.ts [step …]     steps: types lint format tests
 *
 * How all of them fit into minutes. A file's types depend on its text and on what it imports, so each closure of
 * texts is compiled once (see `closures.ts`), by the oldest and the newest TypeScript in both module systems; what
 * lies between them compiles the covering set. Endings of imports and the layer's path change specifiers only:
 * `combinations.test.ts` shows that every specifier leads to its file, and the covering set compiles and runs them
 * as they are. Format and lint look at one text at a time, so each distinct text is looked at once: by typescript-eslint's
 * strict presets, by Biome's recommended rules and by Prettier.
 */
import { rmSync } from "node:fs";
import { choices } from "../../src/answers/choices.ts";
import type { RenderedFile } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import { stopOwnServer } from "../support/postgres.ts";
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
  testRunnerAxis,
} from "./axes.ts";
import { bareText, ClosureSet, type PlacedText } from "./closures.ts";
import { coveringAnswers } from "./covering-answers.ts";
import {
  checkProject,
  runEmittedTests,
  writeProject,
} from "./emitted-tests.ts";
import { unformatted } from "./format.ts";
import { lintByBiome } from "./lint-by-biome.ts";
import { lintTexts } from "./lint.ts";
import { inPairs } from "./program.ts";
import { Rendering } from "./rendering.ts";
import { compilers, typeCheck, writeTexts } from "./type-check.ts";

const rendering = new Rendering(await loadTemplates());
const wanted = process.argv.slice(2);
const failures: string[] = [];

await step("types", async () => {
  const folders = choices.module.map((module) => {
    const texts = closuresOf(module);
    return writeTexts(module, texts);
  });
  const jobs = ["typescript-5.9", "typescript-7"].flatMap((compiler) =>
    folders.map((folder) => ({ compiler, folder })),
  );
  const outputs = await inPairs(jobs, async ({ compiler, folder }) => {
    const output = await typeCheck(folder, compiler);
    return output === "" ? [] : [`${compiler}, ${folder}:\n${output}`];
  });
  return outputs.flat();
});

await step("lint", async () => {
  const texts = closuresOf("esm");
  const distinct = new Map(texts.map((text) => [text.file, text]));
  const known = new Set([...distinct.keys()].map(bareText));
  const rare = commonJsOnly(known);
  return [
    ...(await lintTexts(writeTexts("esm", texts), distinct.values())),
    ...(await lintTexts(
      writeTexts("cjs", rare.texts),
      rare.texts.filter(({ file }) => rare.files.has(file)),
    )),
    ...lintByBiome([...distinct.keys(), ...rare.files]),
  ];
});

await step("format", async () => {
  const first = new Map<RenderedFile, string>();
  for (const answers of [
    ...structuralAnswers(),
    ...product(
      databaseAxis,
      partsAxis,
      exampleAxis,
      moduleAxis,
      importExtensionAxis,
      pathAxis,
    ),
    ...product(databaseAxis, partsAxis, exampleAxis, packageManagerAxis),
  ]) {
    for (const file of rendering.files(answers)) {
      if (!first.has(file)) first.set(file, nameOf(answers));
    }
  }
  const wrong = await unformatted(first.keys());
  return wrong.map((file) => `${file.path} (${first.get(file) ?? ""})`);
});

await step("tests", async () => {
  const covering = coveringAnswers().map((answers, index) => ({
    answers,
    compiler: compilers[index % compilers.length] ?? "typescript",
    folder: writeProject(`covering-${index + 1}`, rendering.files(answers)),
  }));
  try {
    const complaints = await inPairs(covering, async (project) => {
      const { answers, compiler, folder } = project;
      const found = [
        ...(await checkProject(folder, compiler)),
        ...(await runEmittedTests(folder, answers)),
      ];
      if (found.length === 0) rmSync(folder, { recursive: true });
      return found.map((text) => `${nameOf(answers)}\ncd ${folder}\n${text}`);
    });
    return complaints.flat();
  } finally {
    await stopOwnServer();
  }
});

process.exitCode = failures.length > 0 ? 1 : 0;

function closuresOf(
  module: (typeof choices.module)[number],
): readonly PlacedText[] {
  const set = new ClosureSet();
  for (const answers of product(
    databaseAxis,
    partsAxis,
    exampleAxis,
    testRunnerAxis,
    [{ module }],
    [{ project: "existing" }],
  )) {
    set.add(rendering.files(answers), nameOf(answers));
  }
  return set.texts;
}

/** The texts that only CommonJS projects have, endings of imports aside, and all that they need around them. */
function commonJsOnly(known: ReadonlySet<string>): {
  readonly files: ReadonlySet<RenderedFile>;
  readonly texts: readonly PlacedText[];
} {
  const files = new Set<RenderedFile>();
  const seen = new Set(known);
  const set = new ClosureSet();
  for (const answers of structuralAnswers()) {
    if (answers.module !== "cjs") continue;
    const rendered = rendering.files(answers);
    const fresh = rendered.filter(
      (file) => file.path.endsWith(".ts") && !seen.has(bareText(file)),
    );
    if (fresh.length === 0) continue;
    for (const file of fresh) {
      files.add(file);
      seen.add(bareText(file));
    }
    set.add(rendered, nameOf(answers));
  }
  return { files, texts: set.texts };
}

async function step(
  name: string,
  check: () => Promise<readonly string[]>,
): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const started = performance.now();
  const complaints = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const verdict = complaints.length === 0 ? "ok" : "FAILED";
  console.log(`${verdict.padEnd(6)} combinations: ${name} (${seconds} s)`);
  for (const complaint of complaints.slice(0, 60)) console.log(complaint);
  if (complaints.length > 60) console.log(`… ${complaints.length} in all`);
  failures.push(...complaints);
}
