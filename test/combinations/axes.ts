import { defaultAnswers, type Answers } from "../../src/answers.ts";
import { choices } from "../../src/answers/choices.ts";

type Axis = readonly Partial<Answers>[];

/** Databases and, where SQLite is among them, its driver: the driver decides nothing elsewhere. */
export const databaseAxis: Axis = [
  { databases: ["postgres"] },
  ...choices.sqliteDriver.flatMap((sqliteDriver): Axis => [
    { databases: ["sqlite"], sqliteDriver },
    { databases: ["sqlite", "postgres"], sqliteDriver },
  ]),
];

/** Each part, with and without. */
export const partsAxis: Axis = choices.parts
  .reduce<string[][]>(
    (sets, part) => sets.flatMap((set) => [set, [...set, part]]),
    [[]],
  )
  .map((set) => ({
    parts: choices.parts.filter((part) => set.includes(part)),
  }));

export const exampleAxis = axis("example");
export const testRunnerAxis = axis("testRunner");
export const moduleAxis = axis("module");
export const importExtensionAxis = axis("importExtension");
export const projectAxis = axis("project");
export const packageManagerAxis = axis("packageManager");

/** A path beside the sources, one inside them, and one that is shorter than the default. */
export const pathAxis: Axis = [
  { path: defaultAnswers.path },
  { path: "src/infrastructure/database" },
  { path: "db" },
];

/** Every choice of every closed question that decides which code there is. */
export function structuralAnswers(): readonly Answers[] {
  return product(
    databaseAxis,
    partsAxis,
    exampleAxis,
    testRunnerAxis,
    moduleAxis,
    projectAxis,
  );
}

/** Every combination of the given axes, the other answers at their defaults. */
export function product(...axes: readonly Axis[]): readonly Answers[] {
  return axes.reduce<readonly Answers[]>(
    (all, values) =>
      all.flatMap((answers) =>
        values.map((value) => withEnding({ ...answers, ...value }, value)),
      ),
    [defaultAnswers],
  );
}

/** A short name such as `sqlite+postgres/sessions+draining/http/uvu/esm` by which a failure is found. */
export function nameOf(answers: Answers): string {
  const { databases, parts, example, testRunner, module } = answers;
  const endings = { ".ts": "ts", ".js": "js", "": "none" };
  return [
    databases.join("+"),
    ...(answers.sqliteDriver === "sqlite3" ? [] : [answers.sqliteDriver]),
    parts.length === 0 ? "no-parts" : parts.join("+"),
    example,
    testRunner,
    `${module}-${endings[answers.importExtension]}`,
    ...(answers.path === defaultAnswers.path ? [] : [answers.path]),
    ...(answers.project === "new" ? [] : ["existing"]),
  ].join("/");
}

function axis(name: keyof typeof choices): Axis {
  return choices[name].map((choice) => ({ [name]: choice }));
}

/** CommonJS projects write no ending unless the ending is an axis of its own. */
function withEnding(answers: Answers, value: Partial<Answers>): Answers {
  if (value.module === undefined) return answers;
  return {
    ...answers,
    importExtension: value.module === "cjs" ? "" : ".ts",
  };
}
