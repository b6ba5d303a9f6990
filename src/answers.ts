import { nameProblems } from "./answers/application-name.ts";
import { choices, type Choice, defaultParts } from "./answers/choices.ts";
import { checkLayerPath } from "./answers/layer-path.ts";
import { notAChoice, show } from "./answers/messages.ts";
import { nearest } from "./answers/nearest.ts";

export type Database = Choice<"databases">;
export type Part = Choice<"parts">;
export type Example = Choice<"example">;
export type TestRunner = Choice<"testRunner">;
export type ModuleKind = Choice<"module">;
export type ImportExtension = Choice<"importExtension">;
export type PackageManager = Choice<"packageManager">;
export type SqliteDriver = Choice<"sqliteDriver">;
export type ProjectKind = Choice<"project">;

/** Everything that decides what is emitted: the same answers and the same version give the same bytes. */
export interface Answers {
  /** A package name by npm's rules; the database server shows it beside each connection. */
  readonly applicationName: string;
  /** The layer's folder, relative to the project, with forward slashes. */
  readonly path: string;
  readonly databases: readonly Database[];
  readonly parts: readonly Part[];
  readonly example: Example;
  readonly testRunner: TestRunner;
  readonly module: ModuleKind;
  /** How relative imports end in this project. */
  readonly importExtension: ImportExtension;
  readonly packageManager: PackageManager;
  readonly sqliteDriver: SqliteDriver;
  /** Whether the tool made the project around the layer too. */
  readonly project: ProjectKind;
}

export type AnswerName = keyof Answers;

/** One thing that is wrong with one answer. */
export interface AnswerProblem {
  /** The answer's name, or the unknown name that was given. */
  readonly name: string;
  /** What was expected, what came, and what to do, in one sentence or two. */
  readonly message: string;
}

export type ParsedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] };

export const defaultAnswers: Answers = {
  applicationName: "my-app",
  path: "infrastructure/database",
  databases: choices.databases,
  parts: defaultParts,
  example: "http",
  testRunner: "uvu",
  module: "esm",
  importExtension: ".ts",
  packageManager: "npm",
  sqliteDriver: "sqlite3",
  project: "new",
};

/** Turns anything into answers; what is missing takes its default, and all problems are reported at once. */
export function parseAnswers(input: unknown): ParsedAnswers {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return failed([
      { name: "answers", message: `Expected an object, got ${show(input)}.` },
    ]);
  }
  const given = new Map<string, unknown>(
    Object.entries(input).filter(([, value]) => value !== undefined),
  );
  const problems: AnswerProblem[] = [...unknownNames(given)];
  const answers = readAnswers(given, problems);
  return problems.length > 0 ? failed(problems) : { ok: true, answers };
}

/** Whether the layer speaks to SQLite. */
export function usesSqlite(answers: Answers): boolean {
  return answers.databases.includes("sqlite");
}

function readAnswers(
  given: ReadonlyMap<string, unknown>,
  problems: AnswerProblem[],
): Answers {
  const one = <N extends keyof typeof choices>(
    name: N,
    fallback: Choice<N>,
  ): Choice<N> => readChoice(given.get(name), name, fallback, problems);
  const many = <N extends "databases" | "parts">(
    name: N,
  ): readonly Choice<N>[] => readChoices(given.get(name), name, problems);
  const databases = many("databases");
  const module = one("module", defaultAnswers.module);
  const driver = one("sqliteDriver", defaultAnswers.sqliteDriver);
  return {
    applicationName: readText(given, "applicationName", nameProblems, problems),
    path: readText(given, "path", checkLayerPath, problems),
    databases,
    parts: many("parts"),
    example: one("example", defaultAnswers.example),
    testRunner: one("testRunner", defaultAnswers.testRunner),
    module,
    importExtension: one("importExtension", module === "cjs" ? "" : ".ts"),
    packageManager: one("packageManager", defaultAnswers.packageManager),
    // Without SQLite the driver decides nothing, so it may not tell two equal outputs apart.
    sqliteDriver: databases.includes("sqlite") ? driver : "sqlite3",
    project: one("project", defaultAnswers.project),
  };
}

function readText(
  given: ReadonlyMap<string, unknown>,
  name: "applicationName" | "path",
  check: (text: string) => readonly string[],
  problems: AnswerProblem[],
): string {
  const value = given.get(name) ?? defaultAnswers[name];
  if (typeof value !== "string") {
    problems.push({ name, message: `Expected a text, got ${show(value)}.` });
    return defaultAnswers[name];
  }
  const text = name === "path" ? tidyPath(value) : value;
  problems.push(...check(text).map((message) => ({ name, message })));
  return text;
}

/** `./db/` and `db//x` are the same folders as `db` and `db/x`. */
function tidyPath(path: string): string {
  const kept = path
    .split("/")
    .filter((part, index) => part !== "." && (part !== "" || index === 0));
  return kept.join("/");
}

function readChoice<N extends keyof typeof choices>(
  value: unknown,
  name: N,
  fallback: Choice<N>,
  problems: AnswerProblem[],
): Choice<N> {
  const allowed: readonly Choice<N>[] = choices[name];
  if (value === undefined) return fallback;
  const found = allowed.find((choice) => choice === value);
  if (found !== undefined) return found;
  problems.push({ name, message: notAChoice(value, allowed) });
  return fallback;
}

function readChoices<N extends "databases" | "parts">(
  value: unknown,
  name: N,
  problems: AnswerProblem[],
): readonly Choice<N>[] {
  const allowed: readonly Choice<N>[] = choices[name];
  if (value === undefined) return defaultAnswers[name];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const wrong = items.filter((item) => !allowed.some((a) => a === item));
  for (const item of wrong) {
    problems.push({ name, message: notAChoice(item, allowed) });
  }
  if (items.length === 0 && name === "databases") {
    const message = `Expected at least one of ${allowed.join(", ")}, got none.`;
    problems.push({ name, message });
  }
  // In the manifest's order, so that the order of typing changes no byte.
  return allowed.filter((choice) => items.includes(choice));
}

function unknownNames(given: ReadonlyMap<string, unknown>): AnswerProblem[] {
  const known = Object.keys(defaultAnswers);
  return [...given.keys()]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const close = nearest(name, known);
      const hint = close === undefined ? "" : ` Did you mean ${close}?`;
      return { name, message: `There is no such answer.${hint}` };
    });
}

function failed(problems: readonly AnswerProblem[]): ParsedAnswers {
  return { ok: false, problems };
}
