/**
 * The tool is stopped at its k-th file operation, for every k: by a kill in the middle of a write, by a full disk, by
 * Ctrl-C. The project must be as before, or be completed by the next run.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { recoverProject } from "../../src/write/recover.ts";
import { arm, disarm, type FaultKind } from "../support/fault-fs.js";
import { captureOutput } from "../support/output.ts";
import { runTool, type ToolRun } from "../support/tool.ts";
import {
  readTree,
  type Tree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const preload = pathToFileURL(
  join(import.meta.dirname, "../support/fault-fs.js"),
).href;

const words =
  "app --yes --no-install --json --database sqlite --parts none --example none --test-runner node".split(
    " ",
  );

interface Scenario {
  readonly name: string;
  readonly before: Tree;
}

const scenarios: readonly Scenario[] = [
  { name: "new directory", before: {} },
  {
    name: "existing project",
    before: {
      "app/package.json": '{\r\n  "name": "app",\r\n  "type": "module"\r\n}',
      "app/.env.example": "PORT=1\n",
      "app/src/index.ts": "export {};\n",
      "app/README.md": "# Mine\n",
    },
  },
];

for (const scenario of scenarios) {
  test(`${scenario.name} – a kill at every operation is taken back or completed by the next run`, async () => {
    const { total, complete } = await undisturbed(scenario);
    assert.ok(total > 30, `${total} operations`);
    await forEvery(total, async (k) => {
      await withFolder(async (folder) => {
        const work = prepare(folder, scenario.before);
        const before = readTree(work);
        const run = await runWithFault(folder, "torn", k);
        const label = `kill at ${k} of ${total}: ${run.stdout}${run.stderr}`;
        assert.is(run.signal, "SIGKILL", label);
        if (k % 10 !== 0) {
          // What every command does first.
          recoverProject(join(work, "app"));
          const now = readTree(work);
          const done = "app/infrastructure/database/.bento/record.json" in now;
          assert.equal(now, done ? complete : before, label);
          return;
        }
        const again = await runTool(words, { cwd: work });
        assert.is(again.code, 0, label + again.stdout + again.stderr);
        assert.equal(readTree(work), complete, label);
      });
    });
  });

  for (const kind of ["full", "interrupt"] as const) {
    test(`${scenario.name} – ${kind} at every operation leaves everything as before`, async () => {
      const { total, complete } = await undisturbedHere(scenario);
      for (let k = 1; k <= total; k += 1) {
        await withFolder(async (folder) => {
          const work = prepare(folder, scenario.before);
          const before = readTree(work);
          arm(kind, k, work);
          const run = await captureOutput(() =>
            main([...words, "--cwd", work]),
          );
          disarm();
          const label = `${kind} at ${k} of ${total}: ${run.stdout}`;
          if (run.result === 0) assert.equal(readTree(work), complete, label);
          else {
            assert.equal(readTree(work), before, label);
            checkFailure(kind, run.result, run.stdout, label);
          }
        });
      }
    });
  }
}

test("both scenarios – a real Ctrl-C at some operations ends with 130", async () => {
  for (const scenario of scenarios) {
    for (const k of [1, 5, 25]) {
      await withFolder(async (folder) => {
        const work = prepare(folder, scenario.before);
        const before = readTree(work);
        const run = await runWithFault(folder, "interrupt", k);
        assert.is(run.code, 130, run.stdout + run.stderr);
        assert.equal(readTree(work), before);
      });
    }
  }
});

function checkFailure(
  kind: FaultKind,
  code: number,
  stdout: string,
  label: string,
): void {
  const { error } = JSON.parse(stdout) as {
    error: { code: string; message: string };
  };
  assert.is(code, kind === "interrupt" ? 130 : 1, label);
  const expected = kind === "interrupt" ? "cancelled" : "write-failed";
  assert.is(error.code, expected, label);
  if (kind !== "full") return;
  assert.match(error.message, /no space is left on the disk/);
  assert.match(error.message, /Nothing was (?:changed|created)/);
}

/** Operations fail below the folder in which the project lies, for a new one is staged beside its place. */
function runWithFault(
  folder: string,
  kind: FaultKind,
  at: number,
  log?: string,
): Promise<ToolRun> {
  return runTool(words, {
    cwd: join(folder, "work"),
    node: ["--import", preload],
    env: {
      BENTO_FAULT: `${kind}:${at}`,
      BENTO_FAULT_ROOT: join(folder, "work"),
      ...(log === undefined ? {} : { BENTO_FAULT_LOG: log }),
    },
  });
}

function prepare(folder: string, before: Tree): string {
  const work = join(folder, "work");
  mkdirSync(work);
  writeTree(work, before);
  return work;
}

/** The number of operations of an undisturbed run, and the tree that it leaves. */
async function undisturbed(
  scenario: Scenario,
): Promise<{ total: number; complete: Record<string, string> }> {
  return withFolder(async (folder) => {
    const work = prepare(folder, scenario.before);
    const log = join(folder, "count");
    const run = await runWithFault(folder, "count", 0, log);
    assert.is(run.code, 0, run.stdout + run.stderr);
    const total = Number(readFileSync(log, "utf8"));
    return { total, complete: readTree(work) };
  });
}

/** The same inside this process, from the sources. */
async function undisturbedHere(
  scenario: Scenario,
): Promise<{ total: number; complete: Record<string, string> }> {
  return withFolder(async (folder) => {
    const work = prepare(folder, scenario.before);
    arm("count", 0, work);
    const run = await captureOutput(() => main([...words, "--cwd", work]));
    const total = disarm();
    assert.is(run.result, 0, run.stdout);
    return { total, complete: readTree(work) };
  });
}

/** Calls `check` for 1 … total, some at a time. */
async function forEvery(
  total: number,
  check: (k: number) => Promise<void>,
): Promise<void> {
  const queue = Array.from({ length: total }, (_, index) => index + 1);
  const worker = async (): Promise<void> => {
    for (let k = queue.shift(); k !== undefined; k = queue.shift()) {
      await check(k);
    }
  };
  await Promise.all(
    Array.from({ length: Math.max(2, availableParallelism()) }, worker),
  );
}

test.run();
