import type { Sequelize } from "sequelize";
// {{#if hasExample}}
import { initNote } from "./note.ts";

export { Note } from "./note.ts";
// {{/if}}

/** Registers every model with the engine's Sequelize instance; one line a model. */
export function initModels(sequelize: Sequelize): Sequelize["models"] {
  // {{#if hasExample}}
  initNote(sequelize);
  // {{/if}}
  return sequelize.models;
}
