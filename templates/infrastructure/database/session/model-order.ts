import type { Model, ModelStatic } from "sequelize";
import type { Link } from "./links.ts";
import { modelOf, tableOf } from "./model-key.ts";

/** A foreign key of a model. */
export interface Reference {
  readonly attribute: string;
  readonly target: ModelStatic<Model>;
  /** The attribute of `target` that it points to. */
  readonly key: string;
}

/** Models, parents first; those that refer to one another stand together (Tarjan's algorithm). */
export function orderModels(
  models: readonly ModelStatic<Model>[],
  links: readonly Link[] = [],
): ModelStatic<Model>[][] {
  const parents = findParents(models, links);
  const circles: ModelStatic<Model>[][] = [];
  const stack: ModelStatic<Model>[] = [];
  const entered = new Map<ModelStatic<Model>, number>();
  const visit = (model: ModelStatic<Model>): number => {
    const order = entered.size;
    const depth = stack.length;
    let lowest = order;
    entered.set(model, order);
    stack.push(model);
    for (const parent of parents.get(model) ?? []) {
      const known = entered.get(parent);
      if (known === undefined) lowest = Math.min(lowest, visit(parent));
      else if (stack.includes(parent)) lowest = Math.min(lowest, known);
    }
    if (lowest === order) circles.push(stack.splice(depth));
    return lowest;
  };
  for (const model of models) if (!entered.has(model)) visit(model);
  return circles;
}

function findParents(
  models: readonly ModelStatic<Model>[],
  links: readonly Link[],
): Map<ModelStatic<Model>, Set<ModelStatic<Model>>> {
  const parents = new Map(
    models.map((model) => [model, new Set<ModelStatic<Model>>()]),
  );
  for (const model of models) {
    for (const { target } of referencesOf(model, models)) {
      parents.get(model)?.add(target);
    }
  }
  for (const { child, parent } of links) {
    const target = modelOf(parent);
    if (parents.has(target)) parents.get(modelOf(child))?.add(target);
  }
  return parents;
}

/** The foreign keys of a model that point to one of `models`. */
export function referencesOf(
  model: ModelStatic<Model>,
  models: readonly ModelStatic<Model>[],
): Reference[] {
  return Object.entries(model.getAttributes()).flatMap(
    ([attribute, { references }]) => {
      if (references === undefined) return [];
      const { model: table, key: column } =
        typeof references === "string"
          ? { model: references, key: undefined }
          : references;
      const name = readTable(table);
      // A scope is a class of its own for the same table.
      return models
        .filter((each) => tableOf(each) === name)
        .map((target) => ({
          attribute,
          target,
          key: findAttribute(target, column),
        }));
    },
  );
}

function readTable(table: unknown): string {
  if (typeof table === "string") return table;
  if (typeof table === "function") return tableOf(table as ModelStatic<Model>);
  const { schema, tableName } = table as {
    schema?: string;
    tableName: string;
  };
  return schema === undefined ? tableName : `${schema}.${tableName}`;
}

function findAttribute(
  model: ModelStatic<Model>,
  column: string | undefined,
): string {
  const attributes = Object.entries(model.getAttributes());
  const found = attributes.find(([, { field }]) => field === column);
  return found?.[0] ?? model.primaryKeyAttribute;
}
