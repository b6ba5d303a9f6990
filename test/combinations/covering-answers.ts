import { defaultAnswers, type Answers } from "../../src/answers.ts";
import { choices } from "../../src/answers/choices.ts";
import { pairwise } from "./pairwise.ts";

type Choice = Partial<Answers> & { readonly part?: string };

const [newestDriverNode] = process.versions.node.split(".").map(Number);

/** The other drivers start on Node.js 22 only; there they are run too. */
const drivers = choices.sqliteDriver.filter(
  (driver) => driver === "sqlite3" || (newestDriverNode ?? 0) >= 22,
);

const axes: readonly (readonly Choice[])[] = [
  [
    { databases: ["sqlite", "postgres"] },
    { databases: ["sqlite"] },
    { databases: ["postgres"] },
  ],
  ...choices.parts.map((part) => [{ part }, {}]),
  choices.example.map((example) => ({ example })),
  choices.testRunner.map((testRunner) => ({ testRunner })),
  [
    { module: "esm", importExtension: ".ts" },
    { module: "esm", importExtension: ".js" },
    { module: "cjs", importExtension: "" },
  ],
  drivers.map((sqliteDriver) => ({ sqliteDriver })),
  [{ path: defaultAnswers.path }, { path: "src/infrastructure/database" }],
];

/** Combinations in which any two choices of any two questions meet. */
export function coveringAnswers(): readonly Answers[] {
  return pairwise(axes.map(({ length }) => length)).map((row) => {
    const chosen = row.flatMap((value, axis) => axes[axis]?.[value] ?? []);
    const parts = choices.parts.filter((name) =>
      chosen.some(({ part }) => part === name),
    );
    return chosen.reduce<Answers>(
      (answers, { part, ...choice }) =>
        part === undefined ? { ...answers, ...choice } : answers,
      { ...defaultAnswers, parts },
    );
  });
}
