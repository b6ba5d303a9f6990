/** What each closed question may be answered with, in the order of the output. */
export const choices = {
  databases: ["sqlite", "postgres"],
  parts: ["sessions", "resilience", "draining", "migrations"],
  example: ["none", "http", "express", "fastify", "hono", "nest"],
  testRunner: ["uvu", "node", "vitest"],
  module: ["esm", "cjs"],
  importExtension: [".ts", ".js", ""],
  packageManager: ["npm", "pnpm", "yarn", "bun"],
  sqliteDriver: ["sqlite3", "better-sqlite3", "node"],
  project: ["new", "existing"],
} as const;

/** One choice of the question of that name. */
export type Choice<N extends keyof typeof choices> =
  (typeof choices)[N][number];
