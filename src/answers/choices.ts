/** What each closed question may be answered with, in the order of the output. */
export const choices = {
  databases: ["sqlite", "postgres"],
  parts: ["sessions", "resilience", "draining", "migrations", "observability"],
  example: ["none", "http", "express", "fastify", "hono", "nest"],
  testRunner: ["uvu", "node", "vitest"],
  module: ["esm", "cjs"],
  importExtension: [".ts", ".js", ""],
  packageManager: ["npm", "pnpm", "yarn", "bun"],
  sqliteDriver: ["sqlite3", "better-sqlite3", "node"],
  project: ["new", "existing"],
} as const;

/** The parts of a layer that nobody was asked about; the others are there for who wants them. */
export const defaultParts: readonly Choice<"parts">[] = [
  "sessions",
  "resilience",
  "draining",
  "migrations",
];

/** One choice of the question of that name. */
export type Choice<N extends keyof typeof choices> =
  (typeof choices)[N][number];
