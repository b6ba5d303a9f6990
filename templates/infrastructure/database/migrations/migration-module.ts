import { loadModule } from "./load-module.ts";
import { reasonOf } from "./migration-errors.ts";
import type { MigrationFile } from "./migration-files.ts";
import type { Migration } from "./migration.ts";

/** A file with its code. */
export interface LoadedMigration extends MigrationFile {
  readonly migration: Migration;
}

export interface LoadedMigrations {
  readonly loaded: readonly LoadedMigration[];
  /** What is wrong with the others, each in one sentence. */
  readonly problems: readonly string[];
}

/** Loads migrations and checks what they export, before any of them runs. */
export async function loadMigrations(
  files: readonly MigrationFile[],
): Promise<LoadedMigrations> {
  const loaded: LoadedMigration[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const exported = await loadModule(file.path);
      const wrong = findProblems(exported);
      if (isMigration(exported, wrong)) {
        loaded.push({ ...file, migration: exported });
      } else {
        problems.push(`${fileName(file)} ${wrong.join(", and ")}.`);
      }
    } catch (error) {
      problems.push(`${fileName(file)} cannot be loaded: ${reasonOf(error)}`);
    }
  }
  return { loaded, problems };
}

/** What a compiler or Node adds to a module's exports. */
const interop = ["default", "__esModule", "module.exports"];

function findProblems(exported: unknown): string[] {
  const members = new Map<string, unknown>(
    typeof exported === "object" && exported !== null
      ? Object.entries(exported)
      : [],
  );
  const missing = ["up", "down"]
    .filter((name) => typeof members.get(name) !== "function")
    .map((name) => `does not export a function ${name}`);
  const transaction = members.get("transaction") ?? true;
  const unknown = [...members.keys()].filter(
    (name) => !["up", "down", "transaction", ...interop].includes(name),
  );
  return [
    ...missing,
    ...(typeof transaction === "boolean"
      ? []
      : ["exports a transaction that is neither true nor false"]),
    ...unknown.map(
      (name) => `exports ${name}, where only up, down and transaction count`,
    ),
  ];
}

function isMigration(
  exported: unknown,
  problems: readonly string[],
): exported is Migration {
  return problems.length === 0 && typeof exported === "object";
}

function fileName({ name, extension }: MigrationFile): string {
  return name + extension;
}
