import type { Model, ModelStatic } from "sequelize";
import { keyOf, modelOf, tableOf } from "./model-key.ts";
import { noteStored } from "./object-state.ts";
import { SessionStateError } from "./session-error.ts";

/** The stored objects that a session watches for changes, with at most one object for each row. */
export class IdentityMap implements Iterable<Model> {
  readonly #watched = new Set<Model>();
  readonly #byKey = new Map<string, Map<string, Model>>();
  readonly #expired = new Set<Model>();

  find(model: ModelStatic<Model>, key: string | undefined): Model | undefined {
    if (key === undefined) return undefined;
    return this.#byKey.get(tableOf(model))?.get(key);
  }

  has(instance: Model): boolean {
    return this.#watched.has(instance);
  }

  /** Watches an object and makes it the one object for its row. */
  add(instance: Model): void {
    const model = modelOf(instance);
    const key = keyOf(instance);
    const known = this.find(model, key);
    if (known !== undefined && known !== instance) {
      throw new SessionStateError(
        `The session already has another object for ${model.name} ${key ?? ""}. Change that one (session.get), or expunge it first.`,
      );
    }
    this.watch(instance);
    if (key === undefined) return;
    const table = tableOf(model);
    let objects = this.#byKey.get(table);
    if (objects === undefined) {
      objects = new Map();
      this.#byKey.set(table, objects);
    }
    objects.set(key, instance);
  }

  /** Adds an object just written; one that a model hook has read meanwhile gives way to it. */
  addWritten(instance: Model): void {
    const other = this.find(modelOf(instance), keyOf(instance));
    if (other !== undefined && other !== instance) this.delete(other);
    this.add(instance);
  }

  /** Watches an object that stands for a part of its row only. */
  watch(instance: Model): void {
    this.#watched.add(instance);
    this.renew(instance);
  }

  delete(instance: Model): void {
    this.#watched.delete(instance);
    this.#expired.delete(instance);
    const objects = this.#byKey.get(tableOf(modelOf(instance)));
    const key = keyOf(instance);
    if (key !== undefined && objects?.get(key) === instance) {
      objects.delete(key);
    }
  }

  clear(): void {
    this.#watched.clear();
    this.#byKey.clear();
    this.#expired.clear();
  }

  /** What is watched now has to be read again before `get` answers with it. */
  expireAll(): void {
    for (const instance of this.#watched) this.#expired.add(instance);
  }

  isExpired(instance: Model): boolean {
    return this.#expired.has(instance);
  }

  /** The object was just read or written. */
  renew(instance: Model): void {
    this.#expired.delete(instance);
    noteStored(instance);
  }

  [Symbol.iterator](): Iterator<Model> {
    return this.#watched.values();
  }
}
