import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createEngineFromConfig,
  type Engine,
} from "../../templates/infrastructure/database/engine.ts";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import type { Logger } from "../../templates/infrastructure/database/logger.ts";
import { createTestDatabase } from "./postgres.ts";

export type DatabaseName = "sqlite" | "postgresql";
export const databases: readonly DatabaseName[] = ["sqlite", "postgresql"];

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".test-cache");

/** A folder of migrations and a database, both empty. */
export interface MigrationBench {
  readonly url: string;
  readonly folder: string;
  /** What the engines of this bench have warned of. */
  readonly warnings: string[];
  /** Writes migrations, by file name without `.ts` unless an extension is given. */
  write(files: Readonly<Record<string, string>>): void;
  remove(file: string): void;
  engine(overrides?: ConstructorParameters<typeof DatabaseConfig>[0]): Engine;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** The user's tables, sorted. */
  tables(): Promise<string[]>;
}

/** Gives `work` a bench and takes everything away afterwards. */
export async function withBench(
  database: DatabaseName,
  work: (bench: MigrationBench) => Promise<void>,
): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, "migrations-"));
  const folder = join(place, "versions");
  mkdirSync(folder);
  const server =
    database === "postgresql" ? await createTestDatabase() : undefined;
  const url = server?.url ?? `sqlite:///${join(place, "app.db")}`;
  const warnings: string[] = [];
  const engines: Engine[] = [];
  const engine: MigrationBench["engine"] = (overrides) => {
    const config = new DatabaseConfig(
      { url, ...overrides },
      { env: {}, envFile: false },
    );
    const made = createEngineFromConfig(config, {
      logger: collecting(warnings),
    });
    engines.push(made);
    return made;
  };
  const rows = async (sql: string): Promise<Record<string, unknown>[]> => {
    const own = engine();
    const [found] = await own.sequelize.query(sql);
    await own.dispose();
    return found as Record<string, unknown>[];
  };
  try {
    await work({
      url,
      folder,
      warnings,
      engine,
      rows,
      write: (files) => {
        for (const [name, text] of Object.entries(files)) {
          const file = /\.\w+$/.test(name) ? name : `${name}.ts`;
          writeFileSync(join(folder, file), text);
        }
      },
      remove: (file) => {
        rmSync(join(folder, file));
      },
      tables: async () => {
        const own = engine();
        const names = await own.sequelize.getQueryInterface().showAllTables();
        await own.dispose();
        return names
          .map(String)
          .filter((name) => name !== "schema_migrations")
          .sort();
      },
    });
  } finally {
    await Promise.all(engines.map((made) => made.dispose()));
    await server?.drop();
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

function collecting(warnings: string[]): Logger {
  const keep = (message: string): void => {
    warnings.push(message);
  };
  const drop = (): void => undefined;
  return { debug: drop, info: drop, warn: keep, error: keep };
}

/** A migration that creates a table with an id and a text, and drops it again. */
export function createTable(table: string): string {
  return `import { DataTypes } from "sequelize";
import type { MigrationStep } from "../../../templates/infrastructure/database/migrations/migration.ts";
export const up: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.createTable("${table}", {
    id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
    text: { type: DataTypes.TEXT },
  });
};
export const down: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.dropTable("${table}");
};
`;
}

/** A migration from the bodies of its two functions. */
export function steps(up: string, down = "", more = ""): string {
  return `import { DataTypes, QueryTypes } from "sequelize";
void DataTypes; void QueryTypes;
${more}
export const up = async ({ sql, queryInterface, sequelize, transaction }) => {
${up}
};
export const down = async ({ sql, queryInterface, sequelize, transaction }) => {
${down}
};
`;
}

/** A process that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A process of the repository's sources. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text has been printed. */
  printed(text: string): Promise<void>;
}

/** Starts a TypeScript file with these arguments in a process of its own. */
export function start(
  file: string,
  args: readonly string[],
  { env = {}, cwd = root }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Running {
  const loader = join(root, "node_modules/tsx/dist/loader.mjs");
  const child = spawn(
    process.execPath,
    [...(file.endsWith(".ts") ? ["--import", loader] : []), file, ...args],
    { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let error = "";
  const listeners = new Set<() => void>();
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      resolve({ code, out, error });
    });
  });
  const printed = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (out.includes(text)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => {
        reject(new Error(`ended without ${text}: ${out}${error}`));
      });
    });
  return { child, ended, printed };
}
