import type { PlopGeneratorConfig } from "plop";
import { commandAction } from "./command-action.ts";

/** An empty migration in the layer of this project. */
export const migrationGenerator: PlopGeneratorConfig = {
  description: "an empty migration",
  prompts: [
    {
      type: "input",
      name: "name",
      message: "What does the migration do? (such as add-author)",
    },
  ],
  actions: [
    commandAction((answers) => ["new", "migration", String(answers.name)]),
  ],
};
