import type { Model, ModelStatic, Transaction } from "sequelize";
import { orderObjects } from "./flush-order.ts";
import { modelOf } from "./model-key.ts";
import { matchKeys } from "./read-back.ts";

const chunkSize = 500;

/** Deletes rows, children before the rows they refer to; circles are opened by an empty foreign key. */
export async function deleteObjects(
  removed: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  const { batches, postponed } = orderObjects(removed, []);
  for (const { child, foreignKey } of postponed) {
    const model = modelOf(child);
    const where = matchKeys(model, [child]);
    await model
      .unscoped()
      .update({ [foreignKey]: null }, { where, transaction });
  }
  for (const batch of [...batches].reverse()) {
    await deleteBatch(batch, transaction);
  }
}

async function deleteBatch(
  batch: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const model = modelOf(first);
  if (wantsEach(model)) {
    for (const instance of batch) await instance.destroy({ transaction });
    return;
  }
  for (let start = 0; start < batch.length; start += chunkSize) {
    const where = matchKeys(model, batch.slice(start, start + chunkSize));
    await model.unscoped().destroy({ where, transaction });
  }
}

/** Hooks see each object by itself, and a paranoid model notes in the object when it was deleted. */
function wantsEach(model: ModelStatic<Model>): boolean {
  return (
    model.options.paranoid === true ||
    (["beforeDestroy", "afterDestroy"] as const).some(
      (hook) => model.hasHook(hook) || model.sequelize?.hasHook(hook),
    )
  );
}
