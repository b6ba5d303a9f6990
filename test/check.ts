/**
 * Every check of the repository: `npm run check [-- --without-tests]`.
 *
 * Types, lint and format of the repository itself, then every combination of answers (types, lint, format, emitted
 * tests), then the tests and the faults unless they are left out. All of it runs even after a failure; the summary says what failed.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

interface Check {
  readonly name: string;
  readonly words: readonly string[];
}

const root = join(import.meta.dirname, "..");
const tool = (path: string, ...words: string[]): string[] => [
  join(root, "node_modules", path),
  ...words,
];

const checks: readonly Check[] = [
  { name: "build", words: tool("tsx/dist/cli.mjs", "build/build.ts") },
  {
    name: "types of the tool",
    words: tool("typescript/bin/tsc", "--noEmit", "-p", "."),
  },
  {
    name: "types of the templates",
    words: tool("typescript/bin/tsc", "--noEmit", "-p", "templates"),
  },
  {
    name: "lint",
    words: tool("eslint/bin/eslint.js", "--max-warnings", "0", "."),
  },
  {
    name: "format",
    words: tool(
      "prettier/bin/prettier.cjs",
      "--check",
      "--log-level",
      "warn",
      ".",
    ),
  },
  {
    name: "combinations",
    words: tool("tsx/dist/cli.mjs", "test/combinations/check-combinations.ts"),
  },
  {
    name: "quick rows of the matrix",
    words: tool("tsx/dist/cli.mjs", "test/matrix/run-matrix.ts", "--quick"),
  },
  ...(process.argv.includes("--without-tests")
    ? []
    : [
        { name: "tests", words: tool("tsx/dist/cli.mjs", "test/run.ts") },
        {
          name: "faults",
          words: tool("tsx/dist/cli.mjs", "test/run.ts", "test/faults/"),
        },
      ]),
];

const outcomes = checks.map(({ name, words }) => {
  console.log(`\n— ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, words, {
    cwd: root,
    stdio: "inherit",
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  return { name, passed: status === 0, seconds };
});

console.log("");
for (const { name, passed, seconds } of outcomes) {
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
}
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
