/**
 * Takes the packed package into every surrounding of `rows.ts`, and writes docs/compatibility.md.
 *
 *     tsx test/matrix/run-matrix.ts [--quick] [part of a row's name …]
 *
 * Only a full run in which nothing failed writes the page.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testCache } from "../support/fixtures.ts";
import { plainEnvironment } from "../support/tool.ts";
import { runProgram } from "./program.ts";
import { compatibilityPage, nameOf } from "./report.ts";
import { rows } from "./rows.ts";
import { type Outcome, runRow } from "./run-row.ts";

const root = join(import.meta.dirname, "../..");
const words = process.argv.slice(2);
const quick = words.includes("--quick");
const parts = words.filter((word) => !word.startsWith("--"));

const chosen = rows
  .filter((row) => !quick || row.quick === true)
  .filter(
    (row) =>
      parts.length === 0 || parts.some((part) => nameOf(row).includes(part)),
  );
const cli = await installPacked();
const outcomes: Outcome[] = [];
for (const row of chosen) {
  const started = performance.now();
  const outcome = await runRow(row, cli);
  outcomes.push(outcome);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${outcome.result.padEnd(8)} ${nameOf(row)} (${seconds} s)`);
  if (outcome.detail !== "") console.log(outcome.detail);
}
const failed = outcomes.filter(({ result }) => result === "failed");
if (failed.length > 0 || outcomes.length === 0) process.exitCode = 1;
else if (chosen.length === rows.length) {
  const page = await compatibilityPage(outcomes);
  writeFileSync(join(root, "docs/compatibility.md"), page);
  console.log("docs/compatibility.md is written.");
}

/** Packs the repository and installs the tarball in an empty folder, as npm does; returns the program. */
async function installPacked(): Promise<string> {
  const folder = join(testCache, "matrix/packed");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const npm = (args: readonly string[], cwd: string): Promise<string> =>
    runProgram(["npm", ...args], cwd, plainEnvironment());
  await npm(["run", "build"], root);
  await npm(["pack", "--ignore-scripts", "--pack-destination", folder], root);
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const tarball = "./create-bento-db-*.tgz";
  const install = `npm install --no-audit --no-fund ${tarball}`;
  await runProgram(["sh", "-c", install], folder, plainEnvironment());
  return join(folder, "node_modules/create-bento-db/dist/cli.js");
}
