/**
 * Runs the test files side by side, each in a process of its own, around one PostgreSQL server.
 *
 *     tsx test/run.ts [part of a path …]
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { sharedServerVariable } from "./support/postgres.ts";
import { PostgresServer } from "./support/postgres-server.ts";

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = join(import.meta.dirname, "..");
const fileTimeoutMs = 15 * 60_000;

/** Folders that scripts of their own run. */
const separate = ["test/corpus/", "test/faults/", "test/matrix/"];

function findTests(wanted: readonly string[]): string[] {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .map((name) => `test/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".test.ts"))
    .filter((name) =>
      wanted.length > 0
        ? wanted.some((part) => name.includes(part))
        : !separate.some((folder) => name.startsWith(folder)),
    )
    .sort();
}

async function runFile(file: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), fileTimeoutMs);
  const code = await new Promise<number | null>((resolve) =>
    child.once("close", resolve),
  );
  clearTimeout(timer);
  const output = Buffer.concat(chunks).toString();
  const outcome = readOutcome(output, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = outcome.failed > 0 ? "FAILED" : "ok";
  console.log(
    `${verdict.padEnd(6)} ${file} (${outcome.passed} passed, ${seconds} s)`,
  );
  const notes =
    outcome.failed > 0
      ? output
      : output
          .split("\n")
          .filter((line) => /^seed/i.test(line))
          .join("\n");
  if (notes !== "") console.log(notes.trimEnd());
  return outcome;
}

/** uvu ends with its totals; a file that died before them counts as one failure. */
function readOutcome(output: string, code: number | null): Outcome {
  const plain = stripVTControlCharacters(output);
  const read = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(plain)?.[1] ?? 0);
  const failed = read("Total") - read("Passed");
  return {
    passed: read("Passed"),
    failed: code === 0 && read("Total") > 0 ? failed : Math.max(failed, 1),
    skipped: read("Skipped"),
  };
}

async function runAll(
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Outcome[]> {
  const queue = [...files];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      outcomes.push(await runFile(file, env));
    }
  };
  await Promise.all(
    Array.from({ length: Math.max(2, availableParallelism()) }, worker),
  );
  return outcomes;
}

const files = findTests(process.argv.slice(2));
const server = await PostgresServer.start();
try {
  const outcomes = await runAll(files, {
    ...process.env,
    [sharedServerVariable]: server.url(),
    NO_COLOR: "1",
  });
  const total = (key: keyof Outcome): number =>
    outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  console.log(
    `\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`,
  );
  process.exitCode = total("failed") > 0 || total("passed") === 0 ? 1 : 0;
} finally {
  await server.remove();
}
