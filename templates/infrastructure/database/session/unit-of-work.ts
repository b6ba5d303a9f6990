import type { Model, Sequelize, Transaction } from "sequelize";
import { deleteObjects } from "./bulk-delete.ts";
import { IdentityMap } from "./identity-map.ts";
import { gatherFamily } from "./links.ts";
import { keyOf, modelOf } from "./model-key.ts";
import {
  captureState,
  changedColumns,
  noteStored,
  restoreState,
  withoutChanges,
} from "./object-state.ts";
import { SessionStateError } from "./session-error.ts";
import type { UndoLog } from "./transaction-stack.ts";
import {
  insertObjects,
  updateObjects,
  validateObjects,
} from "./write-objects.ts";

/** The objects of a session: what is new, changed or to be deleted, and how it gets into the database. */
export class UnitOfWork {
  readonly identities = new IdentityMap();
  readonly #sequelize: Sequelize;
  readonly #added = new Set<Model>();
  readonly #removed = new Set<Model>();

  constructor(sequelize: Sequelize) {
    this.#sequelize = sequelize;
  }

  get added(): Model[] {
    return [...this.#added];
  }

  get removed(): Model[] {
    return [...this.#removed];
  }

  get changed(): Model[] {
    return [...this.identities].filter(
      (instance) =>
        !this.#removed.has(instance) && changedColumns(instance).length > 0,
    );
  }

  /** Whether a flush has anything to write. */
  get pending(): boolean {
    return (
      this.#added.size > 0 || this.#removed.size > 0 || this.changed.length > 0
    );
  }

  add(instance: Model): void {
    this.#checkOrigin(instance);
    this.#removed.delete(instance);
    if (instance.isNewRecord) this.#added.add(instance);
    else if (!this.identities.has(instance)) this.identities.add(instance);
  }

  remove(instance: Model): void {
    this.#checkOrigin(instance);
    if (this.#added.delete(instance)) return;
    if (instance.isNewRecord) {
      throw new SessionStateError(
        `Cannot delete a ${modelOf(instance).name} that was never stored.`,
      );
    }
    if (!this.identities.has(instance)) this.identities.add(instance);
    this.#removed.add(instance);
  }

  isRemoved(instance: Model): boolean {
    return this.#removed.has(instance);
  }

  forget(instance: Model): void {
    this.#added.delete(instance);
    this.#removed.delete(instance);
    this.identities.delete(instance);
  }

  clear(): void {
    this.#added.clear();
    this.#removed.clear();
    this.identities.clear();
  }

  /**
   * Writes everything pending: new objects, parents first, then changes, then deletions, children
   * first. When that fails, all objects are as before. Returns what the written ones were.
   */
  async flush(transaction: Transaction, onWrite: () => void): Promise<UndoLog> {
    const removed = this.removed;
    const { members, links } = gatherFamily(this.#added);
    for (const { child } of links) {
      if (!child.isNewRecord) this.identities.add(child);
    }
    const created = members.filter(({ isNewRecord }) => isNewRecord);
    const states: UndoLog = new Map();
    remember(states, [...created, ...this.changed, ...removed]);
    for (const { child } of links) remember(states, [child]);
    try {
      await validateObjects(created, links);
      onWrite();
      await insertObjects(created, links, transaction);
      const changed = [...new Set([...created, ...this.changed])];
      remember(states, changed);
      await updateObjects(changed, transaction);
      await deleteObjects(removed, transaction);
    } catch (error) {
      for (const [instance, state] of states) restoreState(instance, state);
      throw error;
    }
    this.#settle(created, removed);
    for (const instance of states.keys()) {
      if (this.identities.has(instance)) noteStored(instance);
    }
    return states;
  }

  /** Takes back what a rollback undid: new objects are new again and forgotten, stored ones as they were. */
  revert(undo: UndoLog): void {
    for (const instance of this.identities) {
      if (changedColumns(instance).length === 0) continue;
      restoreState(instance, withoutChanges(captureState(instance)));
    }
    for (const [instance, state] of undo) {
      if (!state.isNewRecord) continue;
      this.identities.delete(instance);
      restoreState(instance, state);
    }
    for (const [instance, state] of undo) {
      if (state.isNewRecord) continue;
      restoreState(instance, withoutChanges(state));
      if (!this.identities.has(instance)) this.identities.add(instance);
    }
    this.#added.clear();
    this.#removed.clear();
  }

  #settle(written: readonly Model[], removed: readonly Model[]): void {
    for (const instance of written) {
      this.#added.delete(instance);
      if (keyOf(instance) !== undefined) this.identities.addWritten(instance);
    }
    for (const instance of removed) this.forget(instance);
  }

  #checkOrigin(instance: Model): void {
    const model = modelOf(instance);
    if (model.sequelize === this.#sequelize) return;
    throw new SessionStateError(
      `${model.name} belongs to another engine. Initialise the model with the Sequelize instance of the engine that opened this session.`,
    );
  }
}

function remember(states: UndoLog, instances: Iterable<Model>): void {
  for (const instance of instances) {
    if (!states.has(instance)) states.set(instance, captureState(instance));
  }
}
