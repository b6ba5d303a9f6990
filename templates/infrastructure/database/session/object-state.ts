import type { Model } from "sequelize";
import { columnsOf, modelOf, valuesOf } from "./model-key.ts";

/** What an object held at one moment, to go back to. */
export interface ObjectState {
  readonly isNewRecord: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  /** The stored values of those attributes that were changed and not yet written. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/** The changed attributes that have a column; Sequelize also lists virtual ones. */
export function changedColumns(instance: Model): string[] {
  const changed = instance.changed();
  if (changed === false) return [];
  const columns = columnsOf(modelOf(instance));
  return changed.filter((name) => columns.includes(name));
}

// Of an attribute changed twice, Sequelize's `previous` only knows what it was between the changes.
const storedValues = new WeakMap<Model, Readonly<Record<string, unknown>>>();

/** Notes that the row holds what the object holds, its unwritten changes aside. */
export function noteStored(instance: Model): void {
  const { values, stored } = captureState(instance);
  storedValues.set(instance, { ...values, ...stored });
}

/** Values are copied one level deep: what is changed inside a JSON value stays changed. */
export function captureState(instance: Model): ObjectState {
  const noted = storedValues.get(instance);
  const changed = instance.changed() || [];
  return {
    isNewRecord: instance.isNewRecord,
    values: { ...valuesOf(instance) },
    stored: Object.fromEntries(
      changed.map((name) => [
        name,
        noted === undefined ? previous(instance, name) : noted[name],
      ]),
    ),
  };
}

/** The same object without its unwritten changes. */
export function withoutChanges(state: ObjectState): ObjectState {
  return { ...state, values: { ...state.values, ...state.stored }, stored: {} };
}

/** Makes an object what it was, its unwritten changes included. */
export function restoreState(instance: Model, state: ObjectState): void {
  const values = valuesOf(instance);
  for (const name of Object.keys(values)) {
    if (!(name in state.values)) Reflect.deleteProperty(values, name);
  }
  Object.assign(values, state.values);
  forgetChanges(instance);
  // Sequelize remembers as stored what a raw `set` leaves behind, hence first the stored values.
  instance.set(
    pickColumns(instance, { ...state.values, ...state.stored }) as object,
    { raw: true },
  );
  for (const name of Object.keys(state.stored)) {
    values[name] = state.values[name];
    mark(instance, name, true);
  }
  instance.isNewRecord = state.isNewRecord;
  if (state.isNewRecord) storedValues.delete(instance);
  else storedValues.set(instance, { ...state.values, ...state.stored });
}

/** Takes over the values just read, except where the object has changes of its own. */
export function takeOver(instance: Model, fresh: Model): void {
  const own = captureState(instance);
  const changed = changedColumns(instance);
  const read = captureState(fresh).values;
  const pick = (
    from: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> =>
    Object.fromEntries(changed.map((name) => [name, from[name]]));
  restoreState(instance, {
    isNewRecord: false,
    values: { ...own.values, ...read, ...pick(own.values) },
    stored: pick(read),
  });
}

/** Drops the marks of change and keeps the values. */
export function forgetChanges(instance: Model): void {
  const changed = instance.changed();
  if (changed === false) return;
  for (const name of changed) mark(instance, name, false);
}

function previous(instance: Model, name: string): unknown {
  return instance.previous(name as never);
}

function mark(instance: Model, name: string, changed: boolean): void {
  instance.changed(name as keyof Model, changed);
}

function pickColumns(
  instance: Model,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    columnsOf(modelOf(instance))
      .filter((name) => name in values)
      .map((name) => [name, values[name]]),
  );
}
