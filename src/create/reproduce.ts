import {
  defaultAnswers,
  type Answers,
  type PackageManager,
} from "../answers.ts";
import { quote } from "../platform/quote.ts";
import type { Project } from "../project/project.ts";
import { questions } from "../questions.ts";
import { detectAnswers } from "./detected-answers.ts";
import { flagOf } from "./resolve-answers.ts";

const runners: Readonly<Record<PackageManager, string>> = {
  npm: "npx",
  pnpm: "pnpm dlx",
  yarn: "yarn dlx",
  bun: "bunx",
};

/** The command line that gives the same output from the same place, whatever is detected there by then. */
export function reproduceCommand(
  answers: Answers,
  project: Project,
  directory: string | undefined,
  version: string,
): string {
  const detected = detectAnswers(project);
  const flags = questions
    .filter(({ name, asked }) => {
      if (asked || name === "packageManager") return true;
      if (name === "sqliteDriver") {
        return answers.sqliteDriver !== defaultAnswers.sqliteDriver;
      }
      if (name === "applicationName") {
        return answers.applicationName !== detected.applicationName;
      }
      return true;
    })
    .map((question) => flagOf(question, answers));
  return [
    `${runners[answers.packageManager]} create-bento-db@${version}`,
    ...(directory === undefined ? [] : [quote(directory)]),
    ...flags,
  ].join(" ");
}
