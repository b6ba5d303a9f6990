import type { Model, ModelStatic, Transaction } from "sequelize";
import { columnsOf, keyOf, modelOf, valuesOf } from "./model-key.ts";
import { SessionStateError } from "./session-error.ts";
import { readBack } from "./read-back.ts";

// Larger statements gain nothing, and cost the server memory.
const chunkSize = 1000;

// Sequelize files beforeSave and afterSave under these two.
const instanceHooks = ["beforeCreate", "afterCreate"] as const;

/** Whether a model wants to see each new object by itself, so that bulk statements are no option. */
export function hasCreateHooks(model: ModelStatic<Model>): boolean {
  return instanceHooks.some(
    (hook) => model.hasHook(hook) || model.sequelize?.hasHook(hook),
  );
}

/**
 * Inserts new objects of one model: in bulk statements, or one by one when the model has hooks for
 * that. Keys and defaults of the database come back into the objects themselves.
 */
export async function insertBatch(
  batch: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const model = modelOf(first);
  if (hasCreateHooks(model)) {
    for (const instance of batch) await saveAlone(instance, transaction);
  } else {
    for (const chunk of splitBatch(model, batch)) {
      await insertChunk(model, chunk, transaction);
    }
  }
  await readBack(model, batch, transaction);
}

/** Only neighbours with the same columns share a statement: a column left out gets the database's default. */
function splitBatch(
  model: ModelStatic<Model>,
  batch: readonly Model[],
): Model[][] {
  const chunks: Model[][] = [];
  let chunk: Model[] = [];
  let shape: string | undefined;
  for (const instance of batch) {
    const next = shapeOf(model, instance);
    if (next !== shape || chunk.length === chunkSize) {
      chunk = [];
      chunks.push(chunk);
      shape = next;
    }
    chunk.push(instance);
  }
  return chunks;
}

function shapeOf(model: ModelStatic<Model>, instance: Model): string {
  const values = valuesOf(instance);
  const keyed = keyOf(instance) === undefined ? "new key" : "own key";
  const names = columnsOf(model).filter((name) => values[name] !== undefined);
  return [keyed, ...names].join();
}

async function insertChunk(
  model: ModelStatic<Model>,
  chunk: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  // Sequelize would build copies, run setters twice and return the keys in the copies.
  const target = Object.create(model, {
    build: { value: (instance: Model) => instance },
  }) as ModelStatic<Model>;
  await target.bulkCreate(chunk as readonly object[] as never[], {
    transaction,
    returning: true,
  });
  if (model.primaryKeyAttributes.length === 0) return;
  const keys = new Set(chunk.map(keyOf));
  if (keys.has(undefined) || keys.size < chunk.length) {
    throw new SessionStateError(
      `Expected a key for each of ${chunk.length} new ${model.name} rows, got ${keys.size}. The rows were skipped by a trigger or rule, or their key is an SQL expression that this database does not return: give the key a default in JavaScript, such as DataTypes.UUIDV4.`,
    );
  }
}

/** Associated objects are objects of the session themselves, so `save` must not write them again. */
async function saveAlone(
  instance: Model,
  transaction: Transaction,
): Promise<void> {
  const values = valuesOf(instance);
  const names = Object.keys(modelOf(instance).associations);
  const aside = names
    .filter((as) => as in values)
    .map((as) => [as, values[as]] as const);
  for (const [as] of aside) Reflect.deleteProperty(values, as);
  try {
    await instance.save({ transaction });
  } finally {
    Object.assign(values, Object.fromEntries(aside));
  }
}
