import type { PackageName } from "./requirements/versions.ts";
import type { Need } from "./tags.ts";

/** A set of templates that come and go together, with what they need from npm. Data only. */
export interface Feature {
  readonly name: string;
  /** All of these must hold for the feature to be part of the output. */
  readonly needs: readonly Need[];
  /** Patterns below the layer's folder; where two features match a file, the longer pattern has it. */
  readonly layer?: readonly string[];
  /** Patterns below the project's folder. */
  readonly files?: readonly string[];
  readonly packages?: readonly PackageName[];
  readonly devPackages?: readonly PackageName[];
}

/** Every template belongs to exactly one feature. */
export const features: readonly Feature[] = [
  {
    name: "core",
    needs: [],
    layer: [
      "*.ts",
      "README.md",
      "config/*.ts",
      "engines/*.ts",
      "lifecycle/*.ts",
      "models/*.ts",
      "pool/*.ts",
      "tests/*.ts",
    ],
    files: [".env.example"],
    packages: ["sequelize"],
    devPackages: ["@types/node", "tsx", "typescript"],
  },
  {
    name: "postgres",
    needs: ["postgres"],
    layer: [
      "config/postgres*.ts",
      "engines/postgres*.ts",
      "tests/postgres*.test.ts",
    ],
    packages: ["pg"],
    devPackages: ["@types/pg"],
  },
  {
    name: "sqlite",
    needs: ["sqlite"],
    layer: [
      "config/sqlite*.ts",
      "engines/patient-database.ts",
      "engines/sqlite*.ts",
      "tests/sqlite*.test.ts",
    ],
  },
  {
    name: "sqlite3",
    needs: ["sqlite3"],
    layer: ["engines/sqlite-driver.ts"],
    packages: ["sqlite3"],
  },
  {
    name: "better-sqlite3",
    needs: ["betterSqlite3"],
    layer: ["engines/*.better-sqlite3.ts"],
    packages: ["better-sqlite3"],
  },
  {
    name: "node-sqlite",
    needs: ["nodeSqlite"],
    layer: ["engines/*.node.ts"],
  },
  {
    name: "sessions",
    needs: ["sessions"],
    layer: ["session/*.ts", "tests/session*.test.ts"],
  },
  {
    name: "sessions-postgres",
    needs: ["sessions", "postgres"],
    layer: ["engines/postgres-session-support.ts"],
  },
  {
    name: "sessions-sqlite",
    needs: ["sessions", "sqlite"],
    layer: ["engines/sqlite-session-support.ts"],
  },
  {
    name: "sessions-postgres",
    needs: ["sessions", "postgres"],
    layer: ["engines/postgres-session-support.ts"],
  },
  {
    name: "sessions-sqlite",
    needs: ["sessions", "sqlite"],
    layer: ["engines/sqlite-session-support.ts"],
  },
  {
    name: "session-retry",
    needs: ["sessions", "resilience"],
    layer: ["resilience/session-retry.ts"],
  },
  {
    name: "resilience",
    needs: ["resilience"],
    layer: ["resilience/*.ts", "tests/resilience*.test.ts"],
  },
  {
    name: "resilience-postgres",
    needs: ["resilience", "postgres"],
    layer: [
      "engines/postgres-commit-resolution.ts",
      "resilience/pg-messages.ts",
      "resilience/sqlstates.ts",
    ],
  },
  {
    name: "resilience-sqlite",
    needs: ["resilience", "sqlite"],
    layer: ["resilience/sqlite-codes.ts"],
  },
  {
    name: "draining",
    needs: ["draining"],
    layer: ["draining/*.ts", "tests/draining*.test.ts"],
  },
  {
    name: "migrations",
    needs: ["migrations"],
    layer: [
      "engines/migration-lock.ts",
      "migrations/**/*.ts",
      "tests/migration*.test.ts",
    ],
    packages: ["umzug"],
  },
  {
    name: "migrations-postgres",
    needs: ["migrations", "postgres"],
    layer: ["engines/postgres-migration-lock.ts"],
  },
  {
    name: "migrations-sqlite",
    needs: ["migrations", "sqlite"],
    layer: ["engines/sqlite-migration-lock.ts"],
  },
  {
    name: "migrations-esm",
    needs: ["migrations", "esm"],
    layer: ["migrations/load-module.ts"],
  },
  {
    name: "migrations-cjs",
    needs: ["migrations", "cjs"],
    layer: ["migrations/*.cjs-variant.ts"],
  },
  {
    name: "example",
    needs: ["hasExample"],
    layer: ["models/note.ts"],
    files: ["src/*.ts"],
  },
  {
    name: "example-migrations",
    needs: ["hasExample", "migrations"],
    layer: ["migrations/versions/*.ts"],
    files: ["src/database.ts"],
  },
  {
    name: "example-without-migrations",
    needs: ["hasExample", "!migrations"],
    files: ["src/*.without-migrations.ts"],
  },
  {
    name: "example-without-draining",
    needs: ["hasExample", "!draining"],
    files: ["src/*.without-draining.ts"],
  },
  {
    name: "example-draining",
    needs: ["hasExample", "draining"],
    files: ["src/shutdown.ts"],
  },
  {
    name: "example-sessions",
    needs: ["hasExample", "sessions"],
    files: ["src/notes.ts"],
  },
  {
    name: "example-transactions",
    needs: ["hasExample", "!sessions"],
    files: ["src/*.transactions.ts"],
  },
  {
    name: "example-retried-sessions",
    needs: ["hasExample", "sessions", "resilience"],
    files: ["src/unit-of-work.ts"],
  },
  {
    name: "example-plain-sessions",
    needs: ["hasExample", "sessions", "!resilience"],
    files: ["src/unit-of-work.sessions.ts"],
  },
  {
    name: "example-retried-transactions",
    needs: ["hasExample", "!sessions", "resilience"],
    files: ["src/unit-of-work.resilience.ts"],
  },
  {
    name: "example-plain-transactions",
    needs: ["hasExample", "!sessions", "!resilience"],
    files: ["src/unit-of-work.plain.ts"],
  },
  {
    name: "example-own-listening",
    needs: ["hasExample", "!fastify"],
    files: ["src/listen.ts"],
  },
  {
    name: "http",
    needs: ["http"],
    files: ["src/http-server.ts", "src/json-body.ts"],
  },
  {
    name: "express",
    needs: ["express"],
    files: ["src/express-server.ts"],
    packages: ["express"],
    devPackages: ["@types/express"],
  },
  {
    name: "fastify",
    needs: ["fastify"],
    files: ["src/fastify-server.ts"],
    packages: ["fastify"],
  },
  { name: "uvu", needs: ["uvu"], devPackages: ["uvu"] },
  { name: "vitest", needs: ["vitest"], devPackages: ["vitest"] },
  {
    name: "new-project",
    needs: ["newProject"],
    files: ["README.md", "gitignore"],
  },
];
