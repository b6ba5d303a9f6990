import { flagValue } from "../flags.ts";
import { questions, type Question } from "../questions.ts";
import type { Flag } from "./command.ts";

/** Every command knows these. */
export const commonFlags: readonly Flag[] = [
  {
    name: "dry-run",
    kind: "switch",
    description: "Show what would be done and write nothing",
  },
  {
    name: "diff",
    kind: "switch",
    description: "Show every line that would change and write nothing",
  },
  {
    name: "json",
    kind: "switch",
    description: "Print one JSON document instead of text",
  },
  {
    name: "install",
    kind: "switch",
    description: "Install packages; --no-install leaves that to you",
    fallback: "true",
  },
  {
    name: "cwd",
    kind: "text",
    value: "folder",
    description: "Work in this folder instead of the current one",
  },
  {
    name: "yes",
    kind: "switch",
    short: "y",
    description: "Ask nothing and take the defaults",
  },
  {
    name: "verbose",
    kind: "switch",
    description: "Say more, and show the stack of an error",
  },
  { name: "help", kind: "switch", short: "h", description: "Show this help" },
  {
    name: "version",
    kind: "switch",
    short: "v",
    description: "Show the version",
  },
];

/** One flag for each question, and `--without`. */
export const answerFlags: readonly Flag[] = [
  ...questions.map(flagOf),
  {
    name: "without",
    kind: "list",
    value: "parts",
    description: "Parts to leave out of all parts",
    choices:
      questions
        .find(({ name }) => name === "parts")
        ?.choices.map(({ value }) => value) ?? [],
  },
];

function flagOf(question: Question): Flag {
  const { flag, description, choices, type } = question;
  const values = choices.map(({ value }) => flagValue(value));
  return {
    name: flag,
    kind: type === "choices" ? "list" : "text",
    description,
    ...(values.length > 0
      ? { choices: values }
      : { value: flag === "path" ? "folder" : "name" }),
  };
}
