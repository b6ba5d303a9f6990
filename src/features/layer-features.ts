import type { Feature } from "./feature.ts";

/** The layer itself, by part and by database. */
export const layerFeatures: readonly Feature[] = [
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
    layer: ["engines/sqlite-driver.better-sqlite3.ts"],
    packages: ["better-sqlite3"],
    devPackages: ["@types/better-sqlite3"],
  },
  {
    name: "node-sqlite",
    needs: ["nodeSqlite"],
    layer: ["engines/sqlite-driver.node.ts"],
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
      "tests/breaking-proxy.ts",
      "tests/resilience-postgres.test.ts",
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
      "migrations/versions/README.md",
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
    name: "observability",
    needs: ["observability"],
    layer: [
      "engines/statement-tokens.ts",
      "observability/*.ts",
      "tests/observability*.test.ts",
    ],
  },
  {
    name: "observability-postgres",
    needs: ["observability", "postgres"],
    layer: ["engines/postgres-statement-tokens.ts"],
  },
  {
    name: "observability-sqlite",
    needs: ["observability", "sqlite"],
    layer: ["engines/sqlite-statement-tokens.ts"],
  },
  {
    name: "retry-metrics",
    needs: ["retryMetrics"],
    layer: [
      "observability/retry-metrics.ts",
      "tests/observability-retries.test.ts",
    ],
  },
  {
    name: "drain-metrics",
    needs: ["drainMetrics"],
    layer: [
      "observability/drain-metrics.ts",
      "tests/observability-drains.test.ts",
    ],
  },
  {
    name: "tests-sqlite",
    needs: ["sqlite"],
    layer: ["tests/test-database.ts"],
  },
  {
    name: "tests-postgres-only",
    needs: ["postgres", "!sqlite"],
    layer: ["tests/*.postgres-only.ts"],
  },
];
