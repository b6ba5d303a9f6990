import { choices, defaultParts } from "./answers/choices.ts";
import { questions, type Question } from "./questions.ts";

/**
 * Reads the answers out of parsed flags, still unchecked: lists are split at commas, `none` is an empty list or no
 * ending, and `without` takes parts away. Flags that answer no question are left out.
 */
export function answersFromFlags(
  flags: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const question of questions) {
    const value = flags[question.flag];
    if (value !== undefined) answers[question.name] = readFlag(question, value);
  }
  if (flags.without !== undefined) {
    answers.parts = takeAway(answers.parts, splitList(flags.without));
  }
  return answers;
}

/** How a choice is written as a flag: no ending at all is spelt `none`. */
export function flagValue(value: string): string {
  return value === "" ? "none" : value;
}

function readFlag(question: Question, value: unknown): unknown {
  if (question.type === "choices") return splitList(value);
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  const empty = question.choices.some((choice) => choice.value === "");
  if (empty && (last === "none" || last === "")) return "";
  // `ts` is as clear as `.ts`.
  if (empty && typeof last === "string") return `.${last.replace(/^\./, "")}`;
  return last;
}

/** `--parts a,b`, `--parts a b` and `--parts a --parts b` are the same list. */
function splitList(value: unknown): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const words = items.flatMap((item) =>
    typeof item === "string" ? item.split(",").map((w) => w.trim()) : [item],
  );
  const named = words.filter((word) => word !== "");
  return named.length === 1 && named[0] === "none" ? [] : named;
}

/** A part that does not exist stays in the list, so that the check names it. */
function takeAway(
  parts: unknown,
  without: readonly unknown[],
): readonly unknown[] {
  const from: readonly unknown[] = Array.isArray(parts) ? parts : defaultParts;
  const known: readonly unknown[] = choices.parts;
  return [
    ...from.filter((part) => !without.includes(part)),
    ...without.filter((part) => !known.includes(part)),
  ];
}
