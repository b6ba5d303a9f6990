import type { NodePlopAPI } from "node-plop";
import { dispatch, wordOf } from "./dispatch.ts";

/** An empty migration with the next timestamp. */
export function registerMigration(plop: NodePlopAPI): void {
  plop.setGenerator("migration", {
    description: "an empty migration",
    prompts: [
      { name: "name", type: "input", message: "What does the migration do?" },
    ],
    actions: [
      (answers) =>
        dispatch(plop, [
          "new",
          "migration",
          wordOf((answers as Record<string, unknown>)["name"]),
        ]),
    ],
  });
}
