import type { PlopGeneratorConfig } from "plop";
import { commandAction } from "./command-action.ts";

/** A model with its migration and its lines in the index of models. */
export const modelGenerator: PlopGeneratorConfig = {
  description: "a model with its migration",
  prompts: [
    {
      type: "input",
      name: "name",
      message: "What is the model called? (such as Author)",
    },
    {
      type: "input",
      name: "fields",
      message: "Which fields? (such as name:string born:date)",
    },
  ],
  actions: [
    commandAction((answers) => [
      "new",
      "model",
      String(answers.name),
      ...String(answers.fields)
        .split(/\s+/)
        .filter((field) => field !== ""),
    ]),
  ],
};
