/**
 * Asks the registry for known vulnerabilities: in what the bundle is made of, and in everything that is emitted.
 * A registry that answers no audits is told as such, and fails nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAnswers } from "../src/answers.ts";
import { choices } from "../src/answers/choices.ts";
import { requirementsOf } from "../src/requirements.ts";

const root = join(import.meta.dirname, "..");

/** Every package that any answers bring. */
function emittedPackages(): Record<string, string> {
  const all = choices.example.flatMap((example) =>
    choices.testRunner.flatMap((testRunner) =>
      choices.sqliteDriver.map((sqliteDriver) =>
        requirementsOf({
          ...defaultAnswers,
          example,
          testRunner,
          sqliteDriver,
        }),
      ),
    ),
  );
  return Object.assign(
    {},
    ...all.flatMap(({ dependencies, devDependencies }) => [
      dependencies,
      devDependencies,
    ]),
  ) as Record<string, string>;
}

/** Whether a folder's packages are clean; undefined when the registry does not say. */
function isClean(folder: string): boolean | undefined {
  const run = spawnSync("npm", ["audit", "--json"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const report = JSON.parse(run.stdout) as {
    readonly metadata?: {
      readonly vulnerabilities: { readonly total: number };
    };
  };
  if (report.metadata === undefined) return undefined;
  if (report.metadata.vulnerabilities.total > 0) console.log(run.stdout);
  return report.metadata.vulnerabilities.total === 0;
}

function report(subject: string, clean: boolean | undefined): void {
  const verdicts = { true: "clean", false: "VULNERABLE" };
  const verdict =
    clean === undefined
      ? "not known: the registry answers no audits"
      : verdicts[`${clean}`];
  console.log(`${subject}: ${verdict}`);
  if (clean === false) process.exitCode = 1;
}

report("the tool, with all that builds and tests it", isClean(root));
const folder = mkdtempSync(join(tmpdir(), "audit-"));
try {
  const manifest = { private: true, dependencies: emittedPackages() };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const words = ["install", "--package-lock-only", "--no-audit", "--no-fund"];
  spawnSync("npm", words, { cwd: folder, shell: process.platform === "win32" });
  report("what is emitted", isClean(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
