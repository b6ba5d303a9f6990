import { Model } from "sequelize";
import type { IdentityMap } from "./identity-map.ts";
import { columnsOf, keyOf, modelOf, valuesOf } from "./model-key.ts";
import { takeOver } from "./object-state.ts";

/** Adopts what a query returned; with `raw` those are plain rows, whatever Sequelize declares. */
export function adoptRow<Row>(map: IdentityMap, row: Row): Row {
  return row instanceof Model ? adopt(map, row) : row;
}

/**
 * Gives the session's own object for a row just read: the one it has already, brought up to date,
 * or else the new one. Objects read with `attributes` stay apart, for they lack a part of the row.
 */
function adopt<M extends Model>(map: IdentityMap, fresh: M): M {
  adoptAssociated(map, fresh);
  const key = keyOf(fresh);
  if (key === undefined) return fresh;
  if (!isWhole(fresh)) {
    map.watch(fresh);
    return fresh;
  }
  const known = map.find(modelOf(fresh), key);
  if (known === undefined || known === fresh) {
    map.add(fresh);
    return fresh;
  }
  takeOver(known, fresh);
  for (const as of associationsOf(fresh)) assign(known, as, read(fresh, as));
  map.renew(known);
  return known as M;
}

function adoptAssociated(map: IdentityMap, fresh: Model): void {
  for (const as of associationsOf(fresh)) {
    const value = read(fresh, as);
    if (value instanceof Model) assign(fresh, as, adopt(map, value));
    if (Array.isArray(value)) {
      assign(
        fresh,
        as,
        value.map((item: unknown) =>
          item instanceof Model ? adopt(map, item) : item,
        ),
      );
    }
  }
}

function associationsOf(instance: Model): string[] {
  const values = valuesOf(instance);
  return Object.keys(modelOf(instance).associations).filter(
    (as) => values[as] !== undefined,
  );
}

function read(instance: Model, as: string): unknown {
  return valuesOf(instance)[as];
}

/** Sequelize keeps an included object in both places. */
function assign(instance: Model, as: string, value: unknown): void {
  valuesOf(instance)[as] = value;
  Reflect.set(instance, as, value);
}

function isWhole(instance: Model): boolean {
  const values = valuesOf(instance);
  return columnsOf(modelOf(instance)).every(
    (name) => values[name] !== undefined,
  );
}
