import { checkAnswers } from "../create/resolve-answers.ts";
import { defaultAnswers, type Answers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { readRecordHead } from "../project/record-head.ts";
import { findQuestion } from "../questions.ts";
import { toolVersion } from "../version.ts";
import type { CommandResult } from "./context.ts";

/**
 * Says what is there; giving the same answers again is no failure.
 *
 * @throws ToolError `already-created` when other answers were given
 */
export function alreadyCreated(
  root: string,
  layer: string,
  given: Readonly<Record<string, unknown>>,
): CommandResult {
  const { version, answers } = readRecordHead(root, layer);
  const there = `A database layer of version ${version} is in ${layer} (${describe(answers)}).`;
  const other = differing(answers, given);
  if (other.length > 0) {
    throw new ToolError({
      code: "already-created",
      message: `${there} Other answers were given for ${other.join(", ")}. Nothing was changed.`,
      remedy:
        "Change its answers with create-bento-db add or remove, or create another project in another folder.",
    });
  }
  const advice =
    version === toolVersion
      ? "It is up to date with this version of create-bento-db."
      : `To bring it to version ${toolVersion}: create-bento-db upgrade`;
  return {
    exitCode: 0,
    json: { command: "create", root, alreadyCreated: true, version, answers },
    text: `${there}\nNothing was changed. ${advice}\n`,
  };
}

function describe({ databases, parts, example }: Answers): string {
  return [
    databases.join(" and "),
    parts.length === 0 ? "no parts" : parts.join(", "),
    `example ${example}`,
  ].join("; ");
}

function differing(
  answers: Answers,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const wanted = checkAnswers({ ...answers, ...given });
  const names = Object.keys(defaultAnswers) as (keyof Answers)[];
  return names
    .filter((name) => name in given)
    .filter((name) => String(wanted[name]) !== String(answers[name]))
    .map(flagOf);
}

function flagOf(name: string): string {
  return `--${findQuestion(name)?.flag ?? name}`;
}
