import { DatabaseLayerError } from "../errors.ts";

/** One thing that is wrong with the configuration; never holds a password. */
export interface ConfigurationProblem {
  /** The variable, property or URL parameter at fault. */
  readonly name: string;
  readonly expected: string;
  /** What came instead, shortened and with secrets masked. */
  readonly received: string;
  /** The likely fix, when there is one beyond `expected`. */
  readonly hint?: string | undefined;
}

/** Takes note of a problem, so that all of them can be told at once. */
export type Report = (problem: ConfigurationProblem) => void;

/** Everything that is wrong with a configuration, in one error. */
export class ConfigurationError extends DatabaseLayerError {
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    const count =
      problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      "CONFIGURATION",
      [
        `The database configuration has ${count}:`,
        ...problems.map((problem) => `  ${describeProblem(problem)}`),
      ].join("\n"),
    );
    this.problems = problems;
  }
}

function describeProblem(problem: ConfigurationProblem): string {
  const { name, expected, received, hint } = problem;
  const line = `${name}: expected ${expected}, got ${received}`;
  return hint === undefined ? line : `${line}; ${hint}`;
}
