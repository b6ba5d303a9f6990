import { answersFromFlags, flagValue } from "../flags.ts";
import type { Invocation } from "../commands/command.ts";
import { nearest } from "../answers/nearest.ts";
import { ToolError } from "../errors.ts";
import { questions, type Question } from "../questions.ts";

/** What a command line of `create` says: the folder, the answers (still unchecked), and whether defaults may decide. */
export interface GivenAnswers {
  readonly directory: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly yes: boolean;
}

/**
 * Reads flags and words together: npm takes flags after `npm create` for itself, so that each answer may also be
 * written as `flag=value`, as a choice that only one question has (`express`), or as `yes`.
 *
 * @throws ToolError `wrong-use`
 */
export function readGivenAnswers({ words, flags }: Invocation): GivenAnswers {
  const [first, ...others] = words;
  const named = first !== undefined && first !== "yes" && !isPair(first);
  const spoken: Record<string, string[]> = {};
  for (const word of named ? others : words) {
    const answer = readWord(word);
    if (answer === undefined) throw unknownWord(word);
    const [flag, value] = answer;
    spoken[flag] = [...(spoken[flag] ?? []), value];
  }
  return {
    directory: named ? first : undefined,
    answers: answersFromFlags({ ...spoken, ...flags }),
    yes: flags.yes === true || "yes" in spoken,
  };
}

/** A word as flag and value, or undefined. */
function readWord(word: string): readonly [string, string] | undefined {
  if (isPair(word)) {
    const [flag = "", ...value] = word.split("=");
    return [flag, value.join("=")];
  }
  if (word === "yes") return ["yes", "yes"];
  const holders = questions.filter((question) => hasAll(question, word));
  const [only, ...more] = holders;
  return only === undefined || more.length > 0 ? undefined : [only.flag, word];
}

function isPair(word: string): boolean {
  const [flag, ...value] = word.split("=");
  const flags = ["without", ...questions.map((question) => question.flag)];
  return value.length > 0 && flags.some((known) => known === flag);
}

/** Whether all of `sqlite,postgres` are choices of the question. */
function hasAll({ choices, type }: Question, word: string): boolean {
  const values = choices.map(({ value }) => flagValue(value));
  const parts = type === "choices" ? word.split(",") : [word];
  return parts.every((part) => values.includes(part));
}

function unknownWord(word: string): ToolError {
  const names = questions.flatMap(({ flag, choices }) => [
    `${flag}=`,
    ...choices.map(({ value }) => flagValue(value)),
  ]);
  const close = nearest(word, [...new Set(names)]);
  const hint = close === undefined ? "" : ` Did you mean ${close}?`;
  return new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `${JSON.stringify(word)} answers no question, or more than one.${hint}`,
    remedy:
      "Write it as flag=value, such as example=none, or as a flag, such as --example none.",
  });
}
