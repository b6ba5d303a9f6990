import type { TestRunner } from "../answers.ts";
import type { StringTable } from "./manifest.ts";

const known: readonly (readonly [string, string])[] = [
  ["@nestjs/core", "NestJS"],
  ["express", "Express"],
  ["fastify", "Fastify"],
  ["hono", "Hono"],
];

/** The frameworks that a project builds on, by their proper names. */
export function frameworksOf(packages: StringTable): string[] {
  return known
    .filter(([name]) => name in packages)
    .map(([, properName]) => properName);
}

/** The test runner that the project has, of those that the layer's tests can be written for. */
export function testRunnerOf(
  packages: StringTable,
  scripts: StringTable,
): TestRunner | undefined {
  if ("vitest" in packages) return "vitest";
  if (/\bnode\b.*--test\b/.test(scripts.test ?? "")) return "node";
  return "uvu" in packages ? "uvu" : undefined;
}

/** Whether Jest would take the layer's tests for its own. */
export function usesJest(packages: StringTable): boolean {
  return "jest" in packages || "ts-jest" in packages;
}
