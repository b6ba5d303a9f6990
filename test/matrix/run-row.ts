import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlitePrebuildEnvironment } from "../support/sqlite-prebuild.ts";
import { runProgram } from "./program.ts";
import { driverCheck, setCompiler, writeExisting } from "./project.ts";
import { commandOf, type Row } from "./rows.ts";
import { openToolbox, type Toolbox } from "./toolbox.ts";

/** What became of a row. */
export interface Outcome {
  readonly row: Row;
  /** `not run`: a program of the row could not be had. */
  readonly result: "passed" | "failed" | "not run";
  readonly detail: string;
  readonly node: string;
  readonly manager: string;
  readonly typescript: string;
  readonly sqlite: string;
}

/** Takes the published package into a project in the row's surrounding, and does there what its README says. */
export async function runRow(row: Row, cli: string): Promise<Outcome> {
  const unknown = { node: "", manager: "", typescript: "", sqlite: "" };
  let tools: Toolbox;
  try {
    tools = await openToolbox(row.node, row.manager);
  } catch (error) {
    return { row, result: "not run", detail: textOf(error), ...unknown };
  }
  const home = mkdtempSync(join(tmpdir(), "matrix-"));
  const folder = join(home, "app");
  const versions = { node: tools.nodeVersion, manager: tools.managerVersion };
  try {
    const found = {
      ...versions,
      ...(await useProject(row, tools, cli, folder)),
    };
    return { row, result: "passed", detail: "", ...found };
  } catch (error) {
    const detail = textOf(error);
    return { row, result: "failed", detail, ...unknown, ...versions };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Create, install, type-check, migrate, test; resolves to what was installed. */
async function useProject(
  row: Row,
  tools: Toolbox,
  cli: string,
  folder: string,
): Promise<Pick<Outcome, "typescript" | "sqlite">> {
  const env = { ...tools.env, ...sqlitePrebuildEnvironment() };
  const run = (words: readonly string[]): Promise<string> =>
    runProgram(words, folder, env);
  if (row.existing !== undefined) writeExisting(folder, row, row.existing);
  await runProgram(createWords(row, tools, cli, folder), tmpdir(), env);
  if (row.existing === undefined) setCompiler(folder, row);
  const manager = commandOf(row);
  await run([manager, "install"]);
  await run([manager, "run", "typecheck"]);
  for (const words of row.strips === true ? bare(folder) : scripts(manager)) {
    await run(words);
  }
  // Only yarn knows where its packages are.
  const node = manager === "yarn" ? ["yarn", "node"] : ["node"];
  const compiler = 'console.log(require("typescript/package.json").version)';
  return {
    sqlite: lastLine(await run([...node, "--eval", driverCheck(row)])),
    typescript: lastLine(await run([...node, "--eval", compiler])),
  };
}

function createWords(
  row: Row,
  { node }: Toolbox,
  cli: string,
  folder: string,
): string[] {
  const { module, driver, existing, strips } = row;
  const runner = strips === true ? ["--test-runner", "node"] : [];
  const chosen = driver === undefined ? [] : ["--sqlite-driver", driver];
  const example = existing === undefined ? "http" : "none";
  return [
    ...[node, cli, folder, "--yes", "--no-install"],
    ...["--database", "sqlite", "--example", example, "--module", module],
    ...["--package-manager", commandOf(row)],
    ...runner,
    ...chosen,
  ];
}

/** The emitted scripts. */
function scripts(manager: string): readonly (readonly string[])[] {
  return ["db:migrate", "db:status", "test"].map((name) => [
    manager,
    "run",
    name,
  ]);
}

/** The same without tsx. */
function bare(folder: string): readonly (readonly string[])[] {
  const layer = "infrastructure/database";
  const tests = readdirSync(join(folder, layer, "tests"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${layer}/tests/${name}`);
  return [
    ["node", `${layer}/migrations/cli.ts`, "migrate"],
    ["node", `${layer}/migrations/cli.ts`, "status"],
    ["node", "--test", ...tests],
  ];
}

/** Yarn 1 prints lines of its own around a program's. */
function lastLine(output: string): string {
  const lines = output.trim().split("\n");
  return lines.findLast((line) => /^\d+\.\d+/.test(line)) ?? "";
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
