import type { Model, Transaction } from "sequelize";
import { hasCreateHooks, insertBatch } from "./bulk-insert.ts";
import { orderObjects } from "./flush-order.ts";
import { applyLink } from "./links.ts";
import type { Link } from "./links.ts";
import { keyOf, modelOf, tableOf } from "./model-key.ts";
import { changedColumns } from "./object-state.ts";

/** Finds invalid objects before anything is written; models with hooks validate as they are saved. */
export async function validateObjects(
  created: readonly Model[],
  links: readonly Link[],
): Promise<void> {
  const open = new Map<Model, string[]>();
  for (const link of links) {
    if (applyLink(link)) continue;
    open.set(link.child, [...(open.get(link.child) ?? []), link.foreignKey]);
  }
  for (const instance of created) {
    if (hasCreateHooks(modelOf(instance))) continue;
    const skip = [...(open.get(instance) ?? []), ...missingStamps(instance)];
    await instance.validate({ skip });
  }
}

/** Sequelize writes the timestamps itself, but only after it has validated. */
function missingStamps(instance: Model): readonly string[] {
  const { createdAt, updatedAt } = modelOf(instance).options;
  return [createdAt, updatedAt].flatMap((name) =>
    typeof name === "string" && instance.get(name) == null ? [name] : [],
  );
}

/** Inserts new objects, parents first, and fills in the foreign keys that refer to them. */
export async function insertObjects(
  created: readonly Model[],
  links: readonly Link[],
  transaction: Transaction,
): Promise<void> {
  const { batches, postponed } = orderObjects(created, links);
  for (const { child, foreignKey } of postponed) child.set(foreignKey, null);
  for (const batch of batches) {
    const inBatch = new Set(batch);
    const due = links.filter(
      (link) => inBatch.has(link.child) && !postponed.includes(link),
    );
    due.forEach(applyLink);
    await insertBatch(batch, transaction);
  }
  [...links, ...postponed].forEach(applyLink);
}

/** Writes changed attributes, in the order of keys, so that two sessions do not wait for each other in a circle. */
export async function updateObjects(
  objects: readonly Model[],
  transaction: Transaction,
): Promise<void> {
  const place = new Map(
    objects.map((instance) => [
      instance,
      `${tableOf(modelOf(instance))} ${keyOf(instance) ?? ""}`,
    ]),
  );
  const { compare } = new Intl.Collator("en", { numeric: true });
  const due = objects
    .filter((instance) => changedColumns(instance).length > 0)
    .sort((a, b) => compare(place.get(a) ?? "", place.get(b) ?? ""));
  for (const instance of due) await instance.save({ transaction });
}
