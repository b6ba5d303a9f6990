import type { Answers } from "../answers.ts";
import { choices } from "../answers/choices.ts";
import { nearest } from "../answers/nearest.ts";
import { checkAnswers } from "../create/resolve-answers.ts";
import { ToolError } from "../errors.ts";
import { answersFromFlags } from "../flags.ts";

/**
 * The recorded answers with those that flags change.
 *
 * @throws ToolError `wrong-answers`
 */
export function answersAfterFlags(
  recorded: Answers,
  flags: Readonly<Record<string, unknown>>,
): Answers {
  const parts = flags.without === undefined ? {} : { parts: recorded.parts };
  const given = answersFromFlags({ ...parts, ...flags });
  return checkAnswers({ ...recorded, ...given });
}

/**
 * The recorded answers with parts, databases or an example added or taken away.
 *
 * @throws ToolError `wrong-use`, `wrong-answers`
 */
export function answersAfterWords(
  recorded: Answers,
  verb: "add" | "remove",
  words: readonly string[],
): Answers {
  const change = verb === "add" ? addWord : removeWord;
  return checkAnswers({ ...words.reduce(change, recorded) });
}

/**
 * The words of a command line one by one, each known.
 *
 * @throws ToolError `wrong-use`
 */
export function readAnswerWords(words: readonly string[]): readonly string[] {
  const all = words.flatMap((word) => word.split(","));
  for (const word of all) kindOf(word);
  return all;
}

function addWord(answers: Answers, word: string): Answers {
  switch (kindOf(word)) {
    case "parts":
      return {
        ...answers,
        parts: [...answers.parts, word] as Answers["parts"],
      };
    case "databases":
      return {
        ...answers,
        databases: [...answers.databases, word] as Answers["databases"],
      };
    case "example":
      return {
        ...answers,
        example: word === "example" ? "http" : (word as Answers["example"]),
      };
  }
}

function removeWord(answers: Answers, word: string): Answers {
  const without = <T extends string>(list: readonly T[]): readonly T[] =>
    list.filter((item) => item !== word);
  switch (kindOf(word)) {
    case "parts":
      return { ...answers, parts: without(answers.parts) };
    case "databases":
      return { ...answers, databases: without(answers.databases) };
    case "example":
      return answers.example === word || word === "example"
        ? { ...answers, example: "none" }
        : answers;
  }
}

const kinds = ["parts", "databases", "example"] as const;

function kindOf(word: string): (typeof kinds)[number] {
  if (word === "example") return "example";
  const kind = kinds.find((name) =>
    choices[name].some((choice) => choice === word && choice !== "none"),
  );
  if (kind !== undefined) return kind;
  const known = kinds
    .flatMap((name) => [...choices[name]])
    .filter((name) => name !== "none");
  const close = nearest(word, known);
  const hint = close === undefined ? "" : ` Did you mean ${close}?`;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `Expected one of ${known.join(", ")}, got ${JSON.stringify(word)}.${hint}`,
    remedy:
      "Every other answer changes with its flag: create-bento-db upgrade --help",
  });
}
