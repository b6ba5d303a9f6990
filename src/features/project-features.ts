import type { Feature } from "./feature.ts";

/** What stands around the layer: the example application, the test runner, the project. */
export const projectFeatures: readonly Feature[] = [
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
    name: "example-metrics",
    needs: ["exampleMetrics"],
    files: ["src/metrics.ts"],
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
    needs: ["hasExample", "!fastify", "!nest"],
    files: ["src/listen.ts"],
  },
  {
    name: "http",
    needs: ["http"],
    files: ["src/http-server.ts"],
  },
  {
    name: "json-body",
    needs: ["hasExample", "!express", "!fastify", "!nest"],
    files: ["src/json-body.ts"],
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
  {
    name: "hono",
    needs: ["hono"],
    files: ["src/hono-server.ts"],
    packages: ["@hono/node-server", "hono"],
  },
  {
    name: "nest",
    needs: ["nest"],
    files: [
      "src/*.controller.ts",
      "src/*.filter.ts",
      "src/*.module.ts",
      "src/nest-server.ts",
      "src/tokens.ts",
    ],
    packages: [
      "@nestjs/common",
      "@nestjs/core",
      "@nestjs/platform-express",
      "reflect-metadata",
      "rxjs",
    ],
  },
  {
    name: "nest-metrics",
    needs: ["nest", "observability"],
    files: ["src/metrics.module.ts"],
  },
  { name: "uvu", needs: ["uvu"], devPackages: ["uvu"] },
  { name: "vitest", needs: ["vitest"], devPackages: ["vitest"] },
  {
    name: "new-project",
    needs: ["newProject"],
    files: ["README.md", "gitignore"],
  },
];
