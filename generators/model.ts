import type { NodePlopAPI } from "node-plop";
import { dispatch, wordOf } from "./dispatch.ts";

/** A model, its migration and its line in the index. */
export function registerModel(plop: NodePlopAPI): void {
  plop.setGenerator("model", {
    description: "a model with its migration",
    prompts: [
      { name: "name", type: "input", message: "What is the model called?" },
      {
        name: "fields",
        type: "input",
        message: "Which fields? (title:string price:decimal(10,2) …)",
      },
    ],
    actions: [
      (answers) => {
        const { name, fields } = answers as Record<string, unknown>;
        const words = wordOf(fields).split(/\s+/).filter(Boolean);
        return dispatch(plop, ["new", "model", wordOf(name), ...words]);
      },
    ],
  });
}
