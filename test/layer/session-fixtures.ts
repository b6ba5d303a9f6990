import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import {
  createEngineFromConfig,
  type Engine,
  type EngineOptions,
} from "../../templates/infrastructure/database/engine.ts";
import { createSessionFactory } from "../../templates/infrastructure/database/session/session-factory.ts";
import type { SessionFactory } from "../../templates/infrastructure/database/session/session-factory.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { defineModels, type TestModels } from "./session-models.ts";

export { stopOwnServer };

/** Everything a test of sessions works with, fresh for each test. */
export interface Bench {
  readonly engine: Engine;
  readonly sessions: SessionFactory;
  readonly models: TestModels;
  /** The SQL that the engine has sent, newest last. */
  readonly statements: string[];
}

type Settings = NonNullable<ConstructorParameters<typeof DatabaseConfig>[0]>;

export interface TestTarget {
  readonly name: string;
  readonly isPostgres: boolean;
  /** Whether sessions run side by side, in transactions of their own. */
  readonly isParallel: boolean;
  readonly run: (
    work: (bench: Bench) => Promise<void>,
    settings?: Settings,
    options?: EngineOptions,
  ) => Promise<void>;
}

interface Location {
  readonly url: string;
  remove(): Promise<void>;
}

function target(
  name: string,
  locate: () => Promise<Location>,
  isPostgres: boolean,
): TestTarget {
  return {
    name,
    isPostgres,
    isParallel: isPostgres,
    run: async (work, settings, options) => {
      const location = await locate();
      const statements: string[] = [];
      const config = new DatabaseConfig(
        { url: location.url, ...settings },
        { env: {}, envFile: false },
      );
      const engine = createEngineFromConfig(config, {
        ...options,
        sequelize: {
          logging: (sql) => {
            statements.push(sql.replace(/^Executing \([^)]*\): /, ""));
          },
        },
      });
      try {
        const models = defineModels(engine.sequelize);
        await engine.sequelize.sync();
        const sessions = createSessionFactory(engine);
        statements.length = 0;
        await work({ engine, sessions, models, statements });
        if (engine.pool.checkedOut() !== 0) {
          throw new Error(
            `${engine.pool.checkedOut()} connections were not given back`,
          );
        }
      } finally {
        await engine.dispose();
        await location.remove();
      }
    },
  };
}

/** The three kinds of database that every test runs on. */
export const targets: readonly TestTarget[] = [
  target(
    "memory",
    () =>
      Promise.resolve({
        url: "sqlite:///:memory:",
        remove: () => Promise.resolve(),
      }),
    false,
  ),
  target(
    "sqlite",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "session-"));
      return Promise.resolve({
        url: `sqlite:////${join(folder, "test.db").replace(/^\//, "")}`,
        remove: () => {
          rmSync(folder, { recursive: true, force: true });
          return Promise.resolve();
        },
      });
    },
    false,
  ),
  target(
    "postgres",
    async () => {
      const database = await createTestDatabase();
      return { url: database.url, remove: () => database.drop() };
    },
    true,
  ),
];

/** Awaits a rejection and returns its error, checked to be of the class expected. */
export async function rejection<E extends Error>(
  promise: Promise<unknown>,
  type: new (...values: never[]) => E,
): Promise<E> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof type) return error;
    throw new Error(`Expected ${type.name}, got another error`, {
      cause: error,
    });
  }
  throw new Error(`Expected ${type.name}, got ${JSON.stringify(value)}`);
}
