import type { Model, ModelStatic, SyncOptions } from "sequelize";
import type { Engine } from "../engine.ts";
import { DatabaseLayerError } from "../errors.ts";

/** Any model of the engine's Sequelize instance. */
export type AnyModel = ModelStatic<Model>;

/** Options of `initDatabase`. */
export interface InitOptions {
  /** Looks first which tables exist and touches only the others; true by default. */
  readonly checkTables?: boolean;
}

/** Options of `dropAllTables`. */
export interface DropOptions {
  /** Only these models' tables; all models of the engine by default. */
  readonly models?: readonly AnyModel[];
  /** Drops even when NODE_ENV is `production`. */
  readonly force?: boolean;
}

/** Creates the tables that are missing, referenced tables first; what exists stays as it is. */
export async function initDatabase(
  engine: Engine,
  models: readonly AnyModel[] = registeredModels(engine),
  options: InitOptions = {},
): Promise<void> {
  const { checkTables = true } = options;
  const missing = checkTables ? await missingModels(engine, models) : models;
  const ordered = inReferenceOrder(engine, missing);
  if (ordered !== undefined)
    for (const model of ordered) await createTable(engine, model);
  else await createInCycle(missing);
}

/** Drops the models' tables with everything in them; refuses in production unless forced. */
export async function dropAllTables(
  engine: Engine,
  options: DropOptions = {},
): Promise<void> {
  if (process.env["NODE_ENV"] === "production" && options.force !== true) {
    throw new DatabaseLayerError(
      "DROP_REFUSED",
      "Expected dropAllTables to run outside of production, but NODE_ENV is production. Pass { force: true } if every row may go.",
    );
  }
  const models = options.models ?? registeredModels(engine);
  const ordered = inReferenceOrder(engine, models);
  if (ordered === undefined) await engine.sequelize.drop({ cascade: true });
  else
    for (const model of ordered.reverse()) await model.drop({ cascade: true });
}

function registeredModels(engine: Engine): readonly AnyModel[] {
  return Object.values(engine.sequelize.models);
}

async function missingModels(
  engine: Engine,
  models: readonly AnyModel[],
): Promise<readonly AnyModel[]> {
  const queryInterface = engine.sequelize.getQueryInterface();
  const exists = await Promise.all(
    models.map((model) => queryInterface.tableExists(model.getTableName())),
  );
  return models.filter((_, index) => exists[index] !== true);
}

/** Two processes may start at once, and IF NOT EXISTS does not keep them apart: the table counts, not the error. */
async function createTable(engine: Engine, model: AnyModel): Promise<void> {
  try {
    await model.sync();
  } catch (error) {
    const tables = engine.sequelize.getQueryInterface();
    if (!(await tables.tableExists(model.getTableName()))) throw error;
  }
}

/** Tables that refer to one another need their foreign keys afterwards. */
async function createInCycle(models: readonly AnyModel[]): Promise<void> {
  const bare: SyncOptions & { withoutForeignKeyConstraints: boolean } = {
    withoutForeignKeyConstraints: true,
  };
  for (const model of models) await model.sync(bare);
  for (const model of models) await model.sync({ alter: true });
}

/** Sequelize sorts children first (its type says the opposite), and knows no order in a cycle: undefined. */
function inReferenceOrder(
  engine: Engine,
  models: readonly AnyModel[],
): AnyModel[] | undefined {
  const sorted =
    engine.sequelize.modelManager.getModelsTopoSortedByForeignKey() as
      readonly unknown[] | null;
  const place = new Map(sorted?.map((model, index) => [model, index]));
  return sorted === null
    ? undefined
    : [...models].sort(
        (one, other) => (place.get(other) ?? 0) - (place.get(one) ?? 0),
      );
}
