import {
  confirm,
  intro,
  isCancel,
  log,
  multiselect,
  select,
  text,
} from "@clack/prompts";
import { parseAnswers, type Answers } from "./answers.ts";
import { describeDetection } from "./create/describe-detection.ts";
import type { Ask } from "./create/resolve-answers.ts";
import { cancelled } from "./errors.ts";
import { questions, type Question } from "./questions.ts";
import { toolVersion } from "./version.ts";

/** What every prompt is given. */
interface Common {
  readonly signal: AbortSignal;
}

/**
 * Asks in the terminal; only for a context whose standard input and output are both terminals.
 *
 * @throws ToolError `cancelled` on Ctrl-C and Escape
 */
export function askIn({ signal }: Common): Ask {
  return async (open, start, project) => {
    widen();
    intro(`create-bento-db ${toolVersion}`);
    const answers: Record<string, unknown> = {};
    const askAll = async (list: readonly Question[]): Promise<void> => {
      for (const question of list) {
        const known = { ...start, ...answers };
        if (!question.when(known)) continue;
        answers[question.name] = await askOne(question, known, { signal });
      }
    };
    await askAll(open);
    log.info(describeDetection(project, { ...start, ...answers }));
    const right = await answered(
      confirm({ message: "Is that what the project uses?", signal }),
    );
    if (!right) await askAll(detected(open));
    return answers;
  };
}

/** Asks for the folder of a new project. */
export async function askDirectory({ signal }: Common): Promise<string> {
  widen();
  const folder = await answered(
    text({
      message: "In which folder? A dot means this one.",
      initialValue: "my-app",
      validate: (value) =>
        value === undefined || value.trim() === ""
          ? "Expected a folder, such as my-app."
          : undefined,
      signal,
    }),
  );
  return folder.trim();
}

function detected(open: readonly Question[]): Question[] {
  return questions.filter(
    (question) =>
      !question.asked && !open.includes(question) && question.type === "choice",
  );
}

async function askOne(
  question: Question,
  start: Answers,
  common: Common,
): Promise<unknown> {
  const { message, type, name } = question;
  const initial = start[name];
  const options = [...question.choices];
  if (type === "text") {
    const initialValue = String(initial);
    const validate = (value: string | undefined): string | undefined =>
      problemOf(name, value ?? "");
    return answered(text({ message, initialValue, validate, ...common }));
  }
  if (type === "choice") {
    const initialValue = String(initial);
    return answered(select({ message, options, initialValue, ...common }));
  }
  return answered(
    multiselect({
      message,
      options,
      initialValues: Array.isArray(initial) ? initial.map(String) : [],
      required: name === "databases",
      ...common,
    }),
  );
}

function problemOf(name: string, value: string): string | undefined {
  const parsed = parseAnswers({ [name]: value });
  return parsed.ok ? undefined : parsed.problems[0]?.message;
}

async function answered<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt;
  if (isCancel(value)) throw cancelled();
  return value as Exclude<T, symbol>;
}

/** Some terminals say that they have no columns, which leaves a prompt no room to draw in. */
function widen(): void {
  const { stdout } = process;
  if (!(stdout.columns > 0)) stdout.columns = 80;
  if (!(stdout.rows > 0)) stdout.rows = 24;
}
