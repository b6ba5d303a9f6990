/**
 * Everything that must hold before a change is shared: types, lint, format, every combination of
 * answers, and the tests.
 *
 *     npm run check [-- --without-tests]
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const steps: readonly Step[] = [
  { name: "types", command: ["npm", "run", "--silent", "typecheck"] },
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "format", command: ["npm", "run", "--silent", "format:check"] },
  ...script("combinations", "test/combinations/check.ts"),
  ...script("faults", "test/faults/run.ts"),
  ...(process.argv.includes("--without-tests")
    ? []
    : [{ name: "tests", command: ["npm", "test"] }]),
];

function script(name: string, file: string): readonly Step[] {
  return existsSync(join(root, file))
    ? [{ name, command: [process.execPath, "--import", "tsx", file] }]
    : [];
}

function passes({ name, command }: Step): boolean {
  const [program = "", ...words] = command;
  const started = performance.now();
  const { status } = spawnSync(program, words, { cwd: root, stdio: "inherit" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  return status === 0;
}

const failed = steps.filter((step) => !passes(step)).map(({ name }) => name);
console.log(
  failed.length === 0
    ? `All ${steps.length} checks passed.`
    : `${failed.length} of ${steps.length} checks failed: ${failed.join(", ")}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
