import { parseAnswers, type Answers } from "../src/answers.ts";
import {
  databaseAxis,
  exampleAxis,
  importExtensionAxis,
  moduleAxis,
  packageManagerAxis,
  partsAxis,
  pathAxis,
  product,
  projectAxis,
  structuralAnswers,
  testRunnerAxis,
} from "../test/combinations/axes.ts";

/**
 * The answers that a snapshot covers: all of those that decide which code there is, and each way in which place,
 * endings and package manager can change it.
 */
export function releaseAnswers(): readonly Answers[] {
  const all = [
    ...structuralAnswers(),
    ...product(
      databaseAxis,
      exampleAxis,
      projectAxis,
      moduleAxis,
      importExtensionAxis,
      pathAxis,
    ),
    ...product(databaseAxis, partsAxis, projectAxis, packageManagerAxis),
    ...product(exampleAxis, testRunnerAxis, projectAxis, packageManagerAxis),
  ];
  const distinct = new Map(
    all.map((answers) => [JSON.stringify(answers), normal(answers)]),
  );
  return [...distinct.values()];
}

/** As any command would understand them. */
function normal(answers: Answers): Answers {
  const parsed = parseAnswers(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.answers;
}
