import type { Answers, AnswerName } from "./answers.ts";
import { choices } from "./answers/choices.ts";

/** A choice as the prompts show it. */
export interface QuestionChoice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** One question, from which the flag, the prompt and the generator's prompt are all derived. */
export interface Question {
  readonly name: AnswerName;
  /** The flag without its dashes; every question has one. */
  readonly flag: string;
  readonly type: "text" | "choice" | "choices";
  /** What the prompt asks. */
  readonly message: string;
  /** What `--help` says. */
  readonly description: string;
  /** Empty for a text. */
  readonly choices: readonly QuestionChoice[];
  /** False for what is detected in the project and only shown; its flag still changes it. */
  readonly asked: boolean;
  /** Whether the answers so far make the question worth asking. */
  readonly when: (answers: Partial<Answers>) => boolean;
}

const always = (): boolean => true;
const withSqlite = (answers: Partial<Answers>): boolean =>
  answers.databases?.includes("sqlite") ?? true;

/** All questions, in the order in which they are asked. */
export const questions: readonly Question[] = [
  {
    name: "applicationName",
    flag: "name",
    type: "text",
    message: "What is the application called?",
    description: "Name of the application, and of the package when it is new",
    choices: [],
    asked: false,
    when: always,
  },
  {
    name: "path",
    flag: "path",
    type: "text",
    message: "Where should the database layer go?",
    description: "Folder of the database layer inside the project",
    choices: [],
    asked: true,
    when: always,
  },
  {
    name: "databases",
    flag: "database",
    type: "choices",
    message: "Which databases?",
    description: "Databases the layer speaks to",
    choices: labelled("databases", {
      sqlite: ["SQLite", "a file, no server needed"],
      postgres: ["PostgreSQL", "the same code by changing DB_URL"],
    }),
    asked: true,
    when: always,
  },
  {
    name: "parts",
    flag: "parts",
    type: "choices",
    message: "Which parts?",
    description: "Parts of the layer beyond configuration, engine and pool",
    choices: labelled("parts", {
      sessions: ["Sessions", "unit of work with savepoints and bulk inserts"],
      resilience: ["Resilience", "retries that know which errors pass"],
      draining: ["Draining", "shutdown that loses nothing"],
      migrations: ["Migrations", "versioned schema, safe with many deploys"],
      observability: ["Observability", "metrics and slow statements"],
    }),
    asked: true,
    when: always,
  },
  {
    name: "example",
    flag: "example",
    type: "choice",
    message: "Which example application?",
    description: "Example application that uses the layer",
    choices: labelled("example", {
      none: ["None"],
      http: ["node:http", "no framework"],
      express: ["Express"],
      fastify: ["Fastify"],
      hono: ["Hono"],
      nest: ["NestJS", "with decorators"],
    }),
    asked: true,
    when: always,
  },
  {
    name: "testRunner",
    flag: "test-runner",
    type: "choice",
    message: "Which test runner?",
    description: "Test runner of the project",
    choices: labelled("testRunner", {
      uvu: ["uvu", "small and fast"],
      node: ["node:test", "nothing to install"],
      vitest: ["Vitest"],
    }),
    asked: true,
    when: always,
  },
  {
    name: "module",
    flag: "module",
    type: "choice",
    message: "Which module system?",
    description: "Module system of the project",
    choices: labelled("module", {
      esm: ["ES modules"],
      cjs: ["CommonJS"],
    }),
    asked: false,
    when: always,
  },
  {
    name: "importExtension",
    flag: "import-extension",
    type: "choice",
    message: "How do relative imports end?",
    description: "Ending of relative imports in the project",
    choices: labelled("importExtension", {
      ".ts": [".ts"],
      ".js": [".js"],
      "": ["none"],
    }),
    asked: false,
    when: always,
  },
  {
    name: "packageManager",
    flag: "package-manager",
    type: "choice",
    message: "Which package manager?",
    description: "Package manager that installs",
    choices: labelled("packageManager", {
      npm: ["npm"],
      pnpm: ["pnpm"],
      yarn: ["Yarn"],
      bun: ["Bun"],
    }),
    asked: false,
    when: always,
  },
  {
    name: "sqliteDriver",
    flag: "sqlite-driver",
    type: "choice",
    message: "Which SQLite driver?",
    description: "SQLite driver; better-sqlite3 and node need Node 22",
    choices: labelled("sqliteDriver", {
      sqlite3: ["sqlite3", "runs everywhere"],
      "better-sqlite3": ["better-sqlite3", "Node 22 and newer"],
      node: ["node:sqlite", "Node 22 and newer, nothing to install"],
    }),
    asked: false,
    when: withSqlite,
  },
];

/** The question that an answer's name or a flag belongs to. */
export function findQuestion(nameOrFlag: string): Question | undefined {
  return questions.find(
    (question) => question.name === nameOrFlag || question.flag === nameOrFlag,
  );
}

function labelled<N extends keyof typeof choices>(
  name: N,
  labels: Readonly<Record<(typeof choices)[N][number], readonly string[]>>,
): readonly QuestionChoice[] {
  const values: readonly (typeof choices)[N][number][] = choices[name];
  return values.map((value) => {
    const [label = value, hint] = labels[value];
    return hint === undefined ? { value, label } : { value, label, hint };
  });
}
