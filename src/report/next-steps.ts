import type { Answers, PackageManager } from "../answers.ts";
import { quote } from "../platform/quote.ts";

const runners: Readonly<Record<PackageManager, string>> = {
  npm: "npm run",
  pnpm: "pnpm run",
  yarn: "yarn run",
  bun: "bun run",
};

/** The commands to go on with, ready to be copied. */
export function nextSteps(
  answers: Answers,
  directory: string | undefined,
  installed: boolean,
  scripts: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string[] {
  const copy = platform === "win32" ? "copy" : "cp";
  const { packageManager, databases, parts } = answers;
  const script = (name: string): string[] =>
    scripts.includes(name) ? [`${runnerOf(packageManager, name)} ${name}`] : [];
  const needsUrl = !databases.includes("sqlite");
  return [
    ...(directory === undefined || directory === "."
      ? []
      : [`cd ${quote(directory, platform)}`]),
    ...(installed ? [] : [`${packageManager} install`]),
    ...(needsUrl
      ? [`${copy} .env.example .env    # and set DB_URL in it`]
      : []),
    ...(parts.includes("migrations") ? script("db:migrate") : []),
    ...(scripts.includes("test:database")
      ? script("test:database")
      : script("test")),
    ...["start", "start:database", "start:example"].flatMap(script),
  ];
}

/** `npm test` and `npm start` need no `run`; `bun test` would start Bun's own test runner. */
function runnerOf(manager: PackageManager, script: string): string {
  const short = manager !== "bun" && ["start", "test"].includes(script);
  return short ? manager : runners[manager];
}
