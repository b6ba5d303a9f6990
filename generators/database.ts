import type { NodePlopAPI } from "node-plop";
import { defaultAnswers } from "../src/answers.ts";
import { type Question, questions } from "../src/questions.ts";
import { dispatch, wordOf } from "./dispatch.ts";

const asked = questions.filter((question) => question.asked);

/** The whole layer: the questions of the command line, asked by plop. */
export function registerDatabase(plop: NodePlopAPI): void {
  plop.setGenerator("database", {
    description: "a database layer as source code that the project owns",
    prompts: asked.map(toPrompt),
    actions: [
      (answers) =>
        dispatch(plop, [
          ".",
          "--yes",
          ...asked.map(
            ({ name, flag }) =>
              `--${flag}=${wordOf((answers as Record<string, unknown>)[name])}`,
          ),
        ]),
    ],
  });
}

const promptTypes = {
  text: "input",
  choice: "list",
  choices: "checkbox",
} as const;

function toPrompt({ name, type, message, choices }: Question): {
  name: string;
  type: "input" | "list" | "checkbox";
  message: string;
  choices: { name: string; value: string }[];
  default: unknown;
} {
  return {
    name,
    type: promptTypes[type],
    message,
    choices: choices.map(({ value, label }) => ({ name: label, value })),
    default: defaultAnswers[name],
  };
}
