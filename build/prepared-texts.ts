import { execFileSync } from "node:child_process";

/** What the bundle itself prints for these command lines, by their words joined with blanks. */
export function prepareTexts(
  bundle: string,
  commandLines: readonly (readonly string[])[],
): Record<string, string> {
  return Object.fromEntries(
    commandLines.map((words) => [words.join(" "), run(bundle, words)]),
  );
}

function run(bundle: string, words: readonly string[]): string {
  return execFileSync(process.execPath, [bundle, ...words], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "80" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}
