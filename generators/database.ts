import type { PlopGeneratorConfig } from "plop";
import { defaultAnswers } from "../src/answers.ts";
import { flagValue } from "../src/flags.ts";
import { questions, type Question } from "../src/questions.ts";
import { commandAction } from "./command-action.ts";

/** A prompt as plop takes it. */
type Prompt = Extract<PlopGeneratorConfig["prompts"], unknown[]>[number];

const asked = questions.filter((question) => question.asked);

/** Puts the database layer into a new or an existing project. */
export const databaseGenerator: PlopGeneratorConfig = {
  description: "a database layer in a new or an existing project",
  prompts: [
    {
      type: "input",
      name: "directory",
      message: "In which directory?",
      default: ".",
    },
    ...asked.map(promptFor),
    {
      type: "confirm",
      name: "install",
      message: "Install the packages?",
      default: true,
    },
  ],
  actions: [
    commandAction((answers) => [
      String(answers.directory),
      ...asked.flatMap((question) => flagFor(question, answers)),
      "--yes",
      ...(answers.install === false ? ["--no-install"] : []),
    ]),
  ],
};

function promptFor(question: Question): Prompt {
  const { name, message } = question;
  const fallback = defaultAnswers[name];
  const choices = question.choices.map(({ value, label }) => ({
    value,
    name: label,
  }));
  switch (question.type) {
    case "text":
      return { type: "input", name, message, default: fallback };
    case "choice":
      return { type: "list", name, message, choices, default: fallback };
    case "choices":
      return { type: "checkbox", name, message, choices, default: fallback };
  }
}

function flagFor(
  { name, flag }: Question,
  answers: Record<string, unknown>,
): readonly string[] {
  const value = answers[name];
  if (value === undefined) return [];
  const words = (Array.isArray(value) ? value : [value]).map(String);
  return [`--${flag}`, words.map(flagValue).join(",") || "none"];
}
