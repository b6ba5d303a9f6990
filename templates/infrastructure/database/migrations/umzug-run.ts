import { MigrationError, Umzug } from "umzug";
import type { Direction } from "./migration-errors.ts";
import type { LoadedMigration } from "./migration-module.ts";

/** Umzug goes through the files; each records itself in its own transaction, so Umzug need not. */
export async function runInOrder(
  direction: Direction,
  files: readonly LoadedMigration[],
  step: (file: LoadedMigration) => () => Promise<void>,
): Promise<void> {
  const names = direction === "up" ? [] : files.map(({ name }) => name);
  const umzug = new Umzug({
    migrations: files.map((file) => ({
      name: file.name,
      up: step(file),
      down: step(file),
    })),
    storage: {
      executed: () => Promise.resolve(names),
      logMigration: () => Promise.resolve(),
      unlogMigration: () => Promise.resolve(),
    },
    logger: undefined,
  });
  try {
    await (direction === "up" ? umzug.up() : umzug.down({ to: 0 }));
  } catch (error) {
    throw error instanceof MigrationError ? error.cause : error;
  }
}
