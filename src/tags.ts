import type { Answers } from "./answers.ts";

/** The names that templates may ask for in `{{#if …}}`; features name what they need with the same words. */
export const tagNames = [
  "sqlite",
  "postgres",
  "sessions",
  "resilience",
  "sessionRetry",
  "draining",
  "migrations",
  "observability",
  "retryMetrics",
  "drainMetrics",
  "exampleMetrics",
  "hasExample",
  "http",
  "express",
  "fastify",
  "hono",
  "nest",
  "uvu",
  "nodeTest",
  "vitest",
  "esm",
  "cjs",
  "sqlite3",
  "betterSqlite3",
  "nodeSqlite",
  "newProject",
] as const;

export type TagName = (typeof tagNames)[number];
export type Tags = Readonly<Record<TagName, boolean>>;

/** What holds for these answers. */
export function tagsOf(answers: Answers): Tags {
  const { databases, parts, example, testRunner, sqliteDriver } = answers;
  const sqlite = databases.includes("sqlite");
  return {
    sqlite,
    postgres: databases.includes("postgres"),
    sessions: parts.includes("sessions"),
    resilience: parts.includes("resilience"),
    sessionRetry: parts.includes("sessions") && parts.includes("resilience"),
    draining: parts.includes("draining"),
    migrations: parts.includes("migrations"),
    observability: parts.includes("observability"),
    retryMetrics:
      parts.includes("observability") && parts.includes("resilience"),
    drainMetrics: parts.includes("observability") && parts.includes("draining"),
    exampleMetrics: parts.includes("observability") && example !== "none",
    hasExample: example !== "none",
    http: example === "http",
    express: example === "express",
    fastify: example === "fastify",
    hono: example === "hono",
    nest: example === "nest",
    uvu: testRunner === "uvu",
    nodeTest: testRunner === "node",
    vitest: testRunner === "vitest",
    esm: answers.module === "esm",
    cjs: answers.module === "cjs",
    sqlite3: sqlite && sqliteDriver === "sqlite3",
    betterSqlite3: sqlite && sqliteDriver === "better-sqlite3",
    nodeSqlite: sqlite && sqliteDriver === "node",
    newProject: answers.project === "new",
  };
}

/** A condition of a feature: a tag, or `!` and a tag that must not hold. */
export type Need = TagName | `!${TagName}`;

/** Whether all of the needs hold. */
export function meets(tags: Tags, needs: readonly Need[]): boolean {
  return needs.every((need) => {
    const name = tagNames.find((tag) => need === tag || need === `!${tag}`);
    return name !== undefined && tags[name] === (need === name);
  });
}
