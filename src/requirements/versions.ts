import type { Answers } from "../answers.ts";

const versions = {
  "@hono/node-server": "^2.1.9",
  "@nestjs/common": "^12.5.1",
  "@nestjs/core": "^12.5.1",
  "@nestjs/platform-express": "^12.5.1",
  "@types/better-sqlite3": "^9.6.0",
  "@types/express": "^5.0.6",
  "@types/node": "^20.19.43",
  "@types/pg": "^8.23.1",
  "better-sqlite3": "^13.2.0",
  express: "^5.3.0",
  fastify: "^5.12.8",
  hono: "^4.13.19",
  pg: "^8.21.0",
  "reflect-metadata": "^0.2.2",
  rxjs: "^7.8.2",
  sequelize: "^6.37.8",
  sqlite3: "^6.0.1",
  tsx: "^4.23.15",
  typescript: "^6.0.3",
  umzug: "^3.8.3",
  uvu: "^0.5.6",
  vitest: "^4.1.12",
} as const;

export type PackageName = keyof typeof versions;

/** The range that package.json gets. */
export function versionOf(name: PackageName, answers: Answers): string {
  return name === "@types/node" && minimumNode(answers) !== oldestNode
    ? "^22.19.0"
    : versions[name];
}

const oldestNode = "20.19";

/** The oldest Node.js that runs the emitted code, as `major.minor`. */
export function minimumNode(answers: Answers): string {
  if (!answers.databases.includes("sqlite")) return oldestNode;
  // node:sqlite needs no flag since 22.13; better-sqlite3 has binaries for 22 and newer.
  const minimum = {
    sqlite3: oldestNode,
    "better-sqlite3": "22.0",
    node: "22.13",
  };
  return minimum[answers.sqliteDriver];
}
