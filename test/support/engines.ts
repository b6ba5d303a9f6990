import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import type { DatabaseConfigInput } from "../../templates/infrastructure/database/config/settings.ts";
import {
  createEngineFromConfig,
  type Engine,
} from "../../templates/infrastructure/database/engine.ts";
import { createTestDatabase } from "./postgres.ts";

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** An engine that reads no environment and logs nothing. */
export function engineFor(overrides: DatabaseConfigInput): Engine {
  const config = new DatabaseConfig(overrides, { env: {}, envFile: false });
  return createEngineFromConfig(config, { logger: quiet });
}

/** Runs the work on a fresh PostgreSQL database. */
export async function withPostgres(
  work: (engine: Engine, url: string) => Promise<void>,
  overrides: DatabaseConfigInput = {},
): Promise<void> {
  const database = await createTestDatabase();
  const engine = engineFor({ url: database.url, ...overrides });
  try {
    await work(engine, database.url);
  } finally {
    await engine.dispose();
    await database.drop();
  }
}

/** Runs the work on a fresh SQLite file. */
export async function withSqliteFile(
  work: (engine: Engine, file: string) => Promise<void>,
  overrides: DatabaseConfigInput = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bento-sqlite-"));
  const file = join(folder, "test.db");
  const engine = engineFor({ url: `sqlite:///${file}`, ...overrides });
  try {
    await work(engine, file);
  } finally {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
