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

/** How a command that merges treats what it meets. */
export const mergeFlags: readonly Flag[] = [
  {
    name: "conflicts",
    kind: "text",
    description:
      "What becomes of a conflict: ask in the terminal, write markers, keep mine, or take the new text",
    choices: ["ask", "markers", "mine", "new"],
    fallback: "ask",
  },
  {
    name: "verify",
    kind: "switch",
    description: "Run the layer's tests afterwards",
  },
];

/** What only an upgrade knows; the layer is moved by hand, and found again. */
export const upgradeFlags: readonly Flag[] = [
  {
    name: "check",
    kind: "switch",
    description: "Write nothing; exit code 1 when the layer is behind",
  },
  {
    name: "only",
    kind: "list",
    value: "files",
    description: "Only files that match, such as 'pool/**'",
  },
  {
    name: "continue",
    kind: "switch",
    description: "Go on after conflicts were resolved in the files",
  },
  {
    name: "allow-downgrade",
    kind: "switch",
    description: "Go back to an older version of the layer",
  },
];

/** The flags of all answers that can change later. */
export const changeFlags: readonly Flag[] = answerFlags.filter(
  ({ name }) => name !== "path",
);

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
