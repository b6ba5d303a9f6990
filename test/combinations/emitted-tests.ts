import {
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Answers } from "../../src/answers.ts";
import type { RenderedFile } from "../../src/render.ts";
import { createTestDatabase } from "../support/postgres.ts";
import { root, runProgram } from "./program.ts";

/** Writes a project that shares the repository's packages; returns its folder. */
export function writeProject(
  name: string,
  files: readonly RenderedFile[],
): string {
  const folder = join(root, ".rendered", "projects", name);
  rmSync(folder, { recursive: true, force: true });
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  return folder;
}

/** Runs the project's own `typecheck` with one compiler; resolves to complaints. */
export async function checkProject(
  folder: string,
  compiler: string,
): Promise<string[]> {
  const { code, output } = await runProgram(
    [join(root, "node_modules", compiler, "bin/tsc"), "--noEmit"],
    folder,
  );
  return code === 0 ? [] : [`${compiler}: ${output}`];
}

/** Runs the project's own tests on each of its databases; resolves to complaints. */
export async function runEmittedTests(
  folder: string,
  answers: Answers,
): Promise<string[]> {
  const complaints: string[] = [];
  if (answers.databases.includes("sqlite")) {
    complaints.push(...(await runTests(folder, answers, "sqlite", {})));
  }
  if (answers.databases.includes("postgres")) {
    const database = await createTestDatabase();
    const env = { TEST_DB_URL: database.url };
    try {
      complaints.push(...(await runTests(folder, answers, "postgres", env)));
    } finally {
      await database.drop();
    }
  }
  return complaints;
}

async function runTests(
  folder: string,
  answers: Answers,
  database: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { code, output } = await runProgram(
    testWords(folder, answers),
    folder,
    {
      ...process.env,
      ...env,
    },
  );
  return code === 0 ? [] : [`tests on ${database}: ${output}`];
}

/** The words of the emitted `test` script, run without a package manager. */
function testWords(
  folder: string,
  { testRunner, path }: Answers,
): readonly string[] {
  const tests = `${path}/tests`;
  // What the shell does with the script's pattern.
  const files = readdirSync(join(folder, tests))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${tests}/${name}`);
  switch (testRunner) {
    case "uvu":
      return [
        ...["--import", "tsx", "node_modules/uvu/bin.js"],
        ...[tests, "\\.test\\.ts$"],
      ];
    case "node":
      return ["--import", "tsx", "--test", ...files];
    case "vitest":
      return ["node_modules/vitest/vitest.mjs", "run", tests];
  }
}
