import type { PackageName } from "./requirements/versions.ts";
import type { Need } from "./tags.ts";

/** A set of templates that come and go together, with what they need from npm. Data only. */
export interface Feature {
  readonly name: string;
  /** All of these must hold for the feature to be part of the output. */
  readonly needs: readonly Need[];
  /** Patterns below the layer's folder. */
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
      "README.md",
      "config/**",
      "defaults.ts",
      "engine.ts",
      "engines/database-engine.ts",
      "engines/index.ts",
      "errors.ts",
      "index.ts",
      "lifecycle/**",
      "logger.ts",
      "models/index.ts",
      "pool/**",
      "tests/config*.test.ts",
      "tests/engine*.test.ts",
      "tests/fixtures.ts",
      "tests/lifecycle*.test.ts",
      "tests/pool*.test.ts",
    ],
    files: [".env.example"],
    packages: ["sequelize"],
    devPackages: ["@types/node", "tsx", "typescript"],
  },
  {
    name: "postgres",
    needs: ["postgres"],
    layer: ["engines/postgres*.ts", "tests/postgres*.test.ts"],
    packages: ["pg"],
    devPackages: ["@types/pg"],
  },
  {
    name: "sqlite",
    needs: ["sqlite"],
    layer: ["engines/sqlite*.ts", "tests/sqlite*.test.ts"],
  },
  { name: "sqlite3", needs: ["sqlite3"], packages: ["sqlite3"] },
  {
    name: "better-sqlite3",
    needs: ["betterSqlite3"],
    packages: ["better-sqlite3"],
    devPackages: ["@types/better-sqlite3"],
  },
  { name: "node-sqlite", needs: ["nodeSqlite"] },
  {
    name: "sessions",
    needs: ["sessions"],
    layer: ["session/**", "tests/session*.test.ts"],
  },
  {
    name: "resilience",
    needs: ["resilience"],
    layer: ["resilience/**", "tests/resilience*.test.ts"],
  },
  {
    name: "draining",
    needs: ["draining"],
    layer: ["draining/**", "tests/draining*.test.ts"],
  },
  {
    name: "migrations",
    needs: ["migrations"],
    layer: [
      "migrations/*.ts",
      "migrations/versions/README.md",
      "tests/migration*.test.ts",
    ],
    packages: ["umzug"],
  },
  { name: "example", needs: ["hasExample"], layer: ["models/note.ts"] },
  {
    name: "example-migrations",
    needs: ["hasExample", "migrations"],
    layer: ["migrations/versions/*.ts"],
  },
  { name: "http", needs: ["http"], files: ["src/http-server.ts"] },
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
  { name: "new-project", needs: ["newProject"], files: ["gitignore"] },
];
