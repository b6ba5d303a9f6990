import { parseAnswers, type Answers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { flagValue } from "../flags.ts";
import type { Project } from "../project/project.ts";
import { findQuestion, questions, type Question } from "../questions.ts";
import { defaultsFor, detectAnswers } from "./detected-answers.ts";
import type { GivenAnswers } from "./given-answers.ts";

/** Asks the open questions; the values to start from are the project's answers and the defaults. */
export type Ask = (
  open: readonly Question[],
  start: Answers,
  project: Project,
) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Brings the answers together: the command line, then the project, then the terminal, then the defaults.
 *
 * @param ask undefined where there is no terminal
 * @throws ToolError `wrong-answers`, naming all of them, or `open-questions`
 */
export async function resolveAnswers(
  given: GivenAnswers,
  project: Project,
  ask: Ask | undefined,
): Promise<Answers> {
  const detected = detectAnswers(project);
  const known = { ...detected, ...given.answers };
  // Wrong answers are told before the first question.
  const start = checkAnswers({ ...defaultsFor(project), ...known });
  if (given.yes) return start;
  const asked = questions.filter((question) => question.asked);
  const open = asked.filter(({ name }) => !(name in given.answers));
  if (ask !== undefined) {
    const answers = await ask(open, start, project);
    return checkAnswers({ ...defaultsFor(project), ...known, ...answers });
  }
  const missing = open.filter(({ name }) => !(name in detected));
  if (missing.length > 0) throw openQuestions(missing, start);
  return start;
}

/**
 * Answers from anywhere, complete and valid.
 *
 * @throws ToolError `wrong-answers`, naming all that are wrong by their flags
 */
export function checkAnswers(
  input: Readonly<Record<string, unknown>>,
): Answers {
  const parsed = parseAnswers(input);
  if (parsed.ok) return parsed.answers;
  const lines = parsed.problems.map(({ name, message }) => {
    const flag = findQuestion(name)?.flag;
    return flag === undefined ? `${name}: ${message}` : `--${flag}: ${message}`;
  });
  throw new ToolError({
    code: "wrong-answers",
    exitCode: 2,
    message: lines.join("\n"),
    remedy: "Correct that and run the command again. Nothing was written.",
  });
}

function openQuestions(open: readonly Question[], start: Answers): ToolError {
  const lines = open.map(
    (question) => `  ${flagOf(question, start)}  (${question.message})`,
  );
  const count =
    open.length === 1
      ? "a question is open"
      : `${open.length} questions are open`;
  return new ToolError({
    code: "open-questions",
    exitCode: 2,
    message: [`There is no terminal to ask in, and ${count}:`, ...lines].join(
      "\n",
    ),
    remedy:
      "Answer with these flags, or give --yes to take the values shown. After `npm create`, npm wants -- before flags.",
  });
}

/** A question as the flag that answers it. */
export function flagOf({ flag, name }: Question, answers: Answers): string {
  const value = answers[name];
  const text = typeof value === "string" ? flagValue(value) : value.join(",");
  return `--${flag} ${text === "" ? "none" : text}`;
}
