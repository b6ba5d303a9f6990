import { DatabaseConfig } from "../config/database-config.ts";
import type { DatabaseConfigInput } from "../config/settings.ts";
import { createEngineFromConfig, type Engine } from "../engine.ts";
import { defaultUrl } from "./test-database.ts";

/** The database that the tests use: `TEST_DB_URL`, else the one in test-database.ts. */
export const testUrl = process.env["TEST_DB_URL"] ?? defaultUrl;

/** The configuration of the tests, free of the environment and of `.env`. */
export function testConfig(
  overrides: DatabaseConfigInput = {},
): DatabaseConfig {
  return new DatabaseConfig(
    { url: testUrl, poolTimeout: 10, ...overrides },
    { env: {}, envFile: false },
  );
}

/** Lends a fresh engine to `work` and disposes of it, whatever happens. */
export async function withEngine<T>(
  work: (engine: Engine) => Promise<T>,
  overrides: DatabaseConfigInput = {},
): Promise<T> {
  const engine = createEngineFromConfig(testConfig(overrides));
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}
