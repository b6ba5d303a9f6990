import type { Transaction } from "sequelize";
import type { Engine } from "../engine.ts";
import { DatabaseLayerError } from "../errors.ts";
import { createContext } from "./bound-sequelize.ts";
import { type Direction, MigrationFailedError } from "./migration-errors.ts";
import type { LoadedMigration } from "./migration-module.ts";
import type { MigrationRecords } from "./migration-records.ts";

/** Applies or undoes one migration, and records that in the same transaction; false when another process has done it. */
export async function runMigration(
  engine: Engine,
  records: MigrationRecords,
  file: LoadedMigration,
  direction: Direction,
): Promise<boolean> {
  const inTransaction = file.migration.transaction ?? true;
  const work = (transaction: Transaction | null): Promise<boolean> =>
    runOnce(engine, records, file, direction, transaction);
  try {
    return inTransaction ? await inside(engine, work) : await work(null);
  } catch (cause) {
    const migration = file.name;
    throw new MigrationFailedError({
      migration,
      direction,
      inTransaction,
      cause,
    });
  }
}

async function runOnce(
  { sequelize }: Engine,
  records: MigrationRecords,
  file: LoadedMigration,
  direction: Direction,
  transaction: Transaction | null,
): Promise<boolean> {
  // The lock keeps others out; this holds even where the lock was lost.
  const applied = await records.has(file.name, transaction);
  if (applied === (direction === "up")) return false;
  await file.migration[direction](createContext(sequelize, transaction));
  if (direction === "up") await records.add(file, transaction);
  else await records.remove(file.name, transaction);
  return true;
}

/** Runs `work` in a transaction, where tables can be rebuilt without harm. */
async function inside<T>(
  engine: Engine,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const rebuild = engine.strategy.tableRebuild;
  if (rebuild === undefined) return engine.begin(work);
  const { sequelize } = engine;
  await sequelize.query(rebuild.before);
  try {
    return await engine.begin(async (transaction) => {
      const result = await work(transaction);
      const [broken] = await sequelize.query(rebuild.check, { transaction });
      if (broken.length > 0) throw new BrokenReferencesError(broken);
      return result;
    });
  } finally {
    await sequelize.query(rebuild.after);
  }
}

/** Foreign keys are checked at the end of a migration, when tables have been rebuilt. */
class BrokenReferencesError extends DatabaseLayerError {
  constructor(rows: readonly unknown[]) {
    super(
      "MIGRATION_BROKEN_REFERENCES",
      `it leaves ${rows.length} rows that refer to rows which do not exist: ${JSON.stringify(rows.slice(0, 3))}`,
    );
  }
}
