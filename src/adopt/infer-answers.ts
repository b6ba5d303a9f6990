import type { Answers } from "../answers.ts";
import { choices } from "../answers/choices.ts";
import type { RenderedFile } from "../render/rendered-file.ts";
import type { Comparison, Resemblance } from "./resemblance.ts";

/** Answers and how well their output fits what is there. */
export interface Inferred {
  readonly answers: Answers;
  readonly files: readonly RenderedFile[];
  readonly resemblance: Resemblance;
}

type Output = (
  answers: Answers,
) => { readonly files: readonly RenderedFile[] } | undefined;

/**
 * Finds the answers whose output is most like the project: one question after the other, and again until no answer
 * changes. Questions hardly depend on each other, for each has files of its own.
 */
export function inferAnswers(
  start: Answers,
  output: Output,
  comparison: Comparison,
): Inferred | undefined {
  const tried = new Map<string, Inferred | undefined>();
  const judge = (answers: Answers): Inferred | undefined => {
    const key = JSON.stringify(answers);
    if (!tried.has(key)) tried.set(key, judged(answers, output, comparison));
    return tried.get(key);
  };
  let best = judge(start);
  for (let before; before !== best;) {
    before = best;
    for (const question of questions) {
      const { answers } = best ?? { answers: start };
      for (const change of question) {
        const next = judge({ ...answers, ...change(answers) });
        if (isBetter(next, best)) best = next;
      }
    }
  }
  return best;
}

function judged(
  answers: Answers,
  output: Output,
  comparison: Comparison,
): Inferred | undefined {
  const files = output(answers)?.files;
  if (files === undefined) return undefined;
  return { answers, files, resemblance: comparison.resemblance(files) };
}

function isBetter(
  next: Inferred | undefined,
  best: Inferred | undefined,
): boolean {
  if (next === undefined) return false;
  return best === undefined || next.resemblance.score > best.resemblance.score;
}

type Change = (answers: Answers) => Partial<Answers>;

/** The answers that files tell, each with all its choices. */
const questions: readonly (readonly Change[])[] = [
  [
    { databases: ["sqlite"], sqliteDriver: "sqlite3" } as const,
    { databases: ["postgres"], sqliteDriver: "sqlite3" } as const,
    { databases: ["sqlite", "postgres"] } as const,
  ].map((change) => () => change),
  ...choices.parts.map((part): readonly Change[] => [
    ({ parts }) => ({
      parts: choices.parts.filter(
        (name) => (name === part) !== parts.includes(name),
      ),
    }),
  ]),
  choices.example.map((example) => () => ({ example })),
  choices.module.map((module) => () => ({ module })),
  choices.importExtension.map((importExtension) => () => ({ importExtension })),
  choices.testRunner.map((testRunner) => () => ({ testRunner })),
  choices.sqliteDriver.map(
    (sqliteDriver) =>
      ({ databases }) =>
        databases.includes("sqlite") ? { sqliteDriver } : {},
  ),
  choices.packageManager.map((packageManager) => () => ({ packageManager })),
  choices.project.map((project) => () => ({ project })),
];
