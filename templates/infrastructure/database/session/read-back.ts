import { Op, Utils } from "sequelize";
import type { Model, ModelStatic, Transaction, WhereOptions } from "sequelize";
import { columnsOf, keyOf, valuesOf } from "./model-key.ts";
import { takeOver } from "./object-state.ts";

const chunkSize = 500;

/** Reads what only the database knows of rows just written: its defaults, and the outcome of SQL expressions. */
export async function readBack(
  model: ModelStatic<Model>,
  written: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  if (model.primaryKeyAttributes.length === 0) return;
  const columns = columnsOf(model);
  const incomplete = written.filter((instance) => {
    const values = valuesOf(instance);
    return columns.some((name) => isUnknown(values[name]));
  });
  for (let start = 0; start < incomplete.length; start += chunkSize) {
    const chunk = incomplete.slice(start, start + chunkSize);
    await readChunk(model, chunk, transaction);
  }
}

async function readChunk(
  model: ModelStatic<Model>,
  chunk: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  const options = {
    where: matchKeys(model, chunk),
    paranoid: false,
    hooks: false,
    transaction,
  };
  const rows = await model.unscoped().findAll(options);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  for (const instance of chunk) {
    const row = byKey.get(keyOf(instance));
    if (row !== undefined) takeOver(instance, row);
  }
}

/** The condition that finds the rows of these objects. */
export function matchKeys(
  model: ModelStatic<Model>,
  instances: readonly Model[],
): WhereOptions {
  const names = model.primaryKeyAttributes;
  const [only] = names;
  if (only !== undefined && names.length === 1) {
    return { [only]: instances.map((instance) => valuesOf(instance)[only]) };
  }
  return {
    [Op.or]: instances.map((instance) =>
      Object.fromEntries(names.map((name) => [name, valuesOf(instance)[name]])),
    ),
  };
}

function isUnknown(value: unknown): boolean {
  return value === undefined || value instanceof Utils.SequelizeMethod;
}
