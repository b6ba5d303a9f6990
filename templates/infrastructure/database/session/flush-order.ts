import type { Model } from "sequelize";
import type { Link } from "./links.ts";
import { modelOf, tableOf, toKeyPart, valuesOf } from "./model-key.ts";
import { orderModels, referencesOf } from "./model-order.ts";

/** Objects of one model that can be written together. */
export type Batch = readonly Model[];

/** The batches in their order, and the foreign keys to be filled in afterwards. */
export interface FlushOrder {
  readonly batches: readonly Batch[];
  readonly postponed: readonly Link[];
}

/**
 * Orders objects so that a row comes before the rows that refer to it. Models come in the order of
 * their foreign keys; where models refer to one another, or to themselves, their objects are ordered
 * one by one. Objects that refer to one another in a circle are written with an empty foreign key
 * first, if one of them may be empty, and else in the order in which they were added.
 */
export function orderObjects(
  objects: readonly Model[],
  links: readonly Link[],
): FlushOrder {
  const models = groupBy(objects, modelOf);
  const postponed: Link[] = [];
  const batches: Batch[] = [];
  for (const circle of orderModels([...models.keys()], links)) {
    const members = circle.flatMap((model) => models.get(model) ?? []);
    const inner = findInnerLinks(members, links);
    batches.push(
      ...(inner.length === 0
        ? circle.map((model) => models.get(model) ?? [])
        : orderCircle(members, inner, postponed)),
    );
  }
  return { batches, postponed };
}

/** Writes in each round what waits for nobody any more. */
function orderCircle(
  members: readonly Model[],
  links: readonly Link[],
  postponed: Link[],
): Batch[] {
  const waiting = new Map(members.map((member) => [member, new Set<Link>()]));
  for (const link of links) waiting.get(link.child)?.add(link);
  const children = groupBy(links, ({ parent }) => parent);
  const batches: Batch[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.keys()].filter(
      (member) => waiting.get(member)?.size === 0,
    );
    if (ready.length === 0) {
      postponed.push(...breakCircle(waiting));
      continue;
    }
    batches.push(...groupBy(ready, modelOf).values());
    for (const member of ready) {
      waiting.delete(member);
      for (const link of children.get(member) ?? []) {
        waiting.get(link.child)?.delete(link);
      }
    }
  }
  return batches;
}

/** Lets one object go ahead: the first whose foreign keys may be empty, or the first of all. */
function breakCircle(waiting: Map<Model, Set<Link>>): Link[] {
  for (const links of waiting.values()) {
    if ([...links].every(mayBeEmpty)) {
      const freed = [...links];
      links.clear();
      return freed;
    }
  }
  // Nothing to postpone: the database decides, for its constraints may be deferred.
  for (const links of waiting.values()) {
    links.clear();
    break;
  }
  return [];
}

function mayBeEmpty({ child, foreignKey }: Link): boolean {
  const attributes: Record<
    string,
    { allowNull?: boolean; primaryKey?: boolean } | undefined
  > = modelOf(child).getAttributes();
  const attribute = attributes[foreignKey];
  return attribute?.allowNull !== false && attribute?.primaryKey !== true;
}

/** The links among the objects of a circle, whether by object or by the value of a foreign key. */
function findInnerLinks(
  members: readonly Model[],
  links: readonly Link[],
): Link[] {
  const inside = new Set(members);
  const byObject = links.filter(
    (link) =>
      inside.has(link.child) &&
      inside.has(link.parent) &&
      (link.child !== link.parent || isUnset(valuesOf(link.parent)[link.key])),
  );
  const models = [...new Set(members.map(modelOf))];
  const references = new Map(
    models.map((model) => [model, referencesOf(model, models)]),
  );
  const keys = new Set([...references.values()].flat().map(({ key }) => key));
  const index = indexMembers(members, keys);
  const byValue = members.flatMap((child) =>
    (references.get(modelOf(child)) ?? []).flatMap(
      ({ attribute, target, key }) => {
        const value = valuesOf(child)[attribute];
        const parent = isUnset(value)
          ? undefined
          : index.get(indexKey(tableOf(target), key, value));
        if (parent === undefined || parent === child) return [];
        return [{ child, foreignKey: attribute, parent, key }];
      },
    ),
  );
  return [...byObject, ...byValue];
}

function indexMembers(
  members: readonly Model[],
  keys: ReadonlySet<string>,
): Map<string, Model> {
  const index = new Map<string, Model>();
  for (const member of members) {
    const table = tableOf(modelOf(member));
    for (const key of keys) {
      const value = valuesOf(member)[key];
      if (!isUnset(value)) index.set(indexKey(table, key, value), member);
    }
  }
  return index;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

function indexKey(table: string, key: string, value: unknown): string {
  return `${table}\n${key}\n${toKeyPart(value)}`;
}

function groupBy<Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
