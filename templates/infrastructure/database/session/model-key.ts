import { DataTypes, Utils } from "sequelize";
import type { Identifier, Model, ModelStatic } from "sequelize";

/** A primary key: one value, or one for each attribute of a composite key. */
export type PrimaryKey = Identifier | Readonly<Record<string, Identifier>>;

/** The class of an object. */
export function modelOf(instance: Model): ModelStatic<Model> {
  return instance.constructor as ModelStatic<Model>;
}

/** The attribute values of an object as they are stored, without its getters. */
export function valuesOf(instance: Model): Record<string, unknown> {
  return instance.dataValues as Record<string, unknown>;
}

const tableNames = new WeakMap<ModelStatic<Model>, string>();

/** The same text for every class of a table, such as `Note` and `Note.scope("recent")`. */
export function tableOf(model: ModelStatic<Model>): string {
  let name = tableNames.get(model);
  if (name === undefined) {
    const table = model.getTableName();
    name =
      typeof table === "string" ? table : `${table.schema}.${table.tableName}`;
    tableNames.set(model, name);
  }
  return name;
}

const columns = new WeakMap<ModelStatic<Model>, readonly string[]>();

/** The attributes of a model that have a column; virtual ones have none. */
export function columnsOf(model: ModelStatic<Model>): readonly string[] {
  let names = columns.get(model);
  if (names === undefined) {
    names = Object.entries(model.getAttributes())
      .filter(([, { type }]) => !(type instanceof DataTypes.VIRTUAL))
      .map(([name]) => name);
    columns.set(model, names);
  }
  return names;
}

/** The identity of an object within its table, or undefined while its key is incomplete. */
export function keyOf(instance: Model): string | undefined {
  const values = valuesOf(instance);
  return joinKey(
    modelOf(instance).primaryKeyAttributes.map((name) => values[name]),
  );
}

/** Turns what a caller gave as a key into a condition and an identity. */
export function readKey(
  model: ModelStatic<Model>,
  key: PrimaryKey,
): { where: Record<string, Identifier>; identity: string | undefined } {
  const names = model.primaryKeyAttributes;
  const given: Readonly<Record<string, Identifier | undefined>> =
    typeof key === "object" && !Buffer.isBuffer(key)
      ? key
      : { [names[0] ?? "id"]: key };
  const where: Record<string, Identifier> = {};
  for (const name of names) {
    const value = given[name];
    if (value === undefined) {
      throw new TypeError(
        `${model.name}: expected a primary key with ${names.join(", ")}, got no value for ${name}.`,
      );
    }
    where[name] = value;
  }
  return { where, identity: joinKey(Object.values(where)) };
}

function joinKey(values: readonly unknown[]): string | undefined {
  const parts = values.map((value) => {
    const open = value === undefined || value === null;
    // An SQL expression becomes a value only in the database.
    return open || value instanceof Utils.SequelizeMethod
      ? undefined
      : toKeyPart(value);
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return parts.length === 1 ? parts[0] : JSON.stringify(parts);
}

/** One value of a key as text, the same whether the driver returned a number or a numeral. */
export function toKeyPart(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString("hex");
  return value instanceof Date ? value.toISOString() : String(value);
}
