/**
 * `upgrade`, `add`, `remove` and `undo` are stopped at their k-th file operation, for every k: killed, by a full disk, by
 * a broken one, by Ctrl-C. The next command must find the project as before or complete, and never without an edit.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Answers } from "../../src/answers.ts";
import { cancelled } from "../../src/errors.ts";
import { ToolError } from "../../src/errors.ts";
import { main } from "../../src/main.ts";
import { openLayer } from "../../src/project/open-layer.ts";
import { planUndo, undo } from "../../src/undo.ts";
import { applyUpgrade, planLayerUpgrade } from "../../src/upgrade.ts";
import { thisEdition } from "../../src/upgrade/edition.ts";
import { recoverProject } from "../../src/write/recover.ts";
import { arm, disarm, type FaultKind } from "../support/fault-fs.js";
import { captureOutput } from "../support/output.ts";
import { currentTree, releases, releaseTree } from "../support/releases.ts";
import { runTool } from "../support/tool.ts";
import {
  readTree,
  type Tree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const layer = "infrastructure/database";
const undoFolder = `${layer}/.bento/undo`;
const [oldest = ""] = releases;

const small: Partial<Answers> = {
  databases: ["sqlite"],
  parts: [],
  example: "none",
  testRunner: "node",
};

/** What `readTree` gives. */
type Snapshot = Readonly<Record<string, string>>;

/** A command in a project with edits of the user's. */
interface Scenario {
  readonly name: string;
  readonly words: readonly string[];
  readonly before: Tree;
  /** Makes a plan in the folder; what it returns carries it out, as often as the folder is put back. */
  readonly plan: (
    folder: string,
  ) => Promise<(signal: AbortSignal) => Promise<void>>;
}

/** Edits that no version has, in files that change and in files that do not. */
function edited(tree: Tree): Tree {
  const mine = "\nexport const mine = 1;\n";
  const paths = [
    `${layer}/engine.ts`,
    `${layer}/errors.ts`,
    `${layer}/defaults.ts`,
  ];
  return {
    ...tree,
    ...Object.fromEntries(
      paths.map((path) => [path, `${tree[path] ?? ""}${mine}`]),
    ),
    "src/own.ts": "export {};\n",
  };
}

function change(answers: Partial<Answers>): Scenario["plan"] {
  return async (folder) => {
    const opened = openLayer(folder);
    const plan = await planLayerUpgrade({
      opened,
      edition: await thisEdition(),
      answers: { ...opened.answers, ...answers },
      restore: new Set(),
      concerns: () => true,
      partial: false,
      conflicts: "markers",
      ask: undefined,
      allowDowngrade: false,
    });
    assert.ok(plan.changes.length > 2);
    return (signal) => applyUpgrade(plan, signal);
  };
}

const scenarios: readonly Scenario[] = [
  {
    name: "upgrade",
    words: ["upgrade", "--conflicts", "markers", "--no-install"],
    before: edited(releaseTree(oldest, small)),
    plan: change({}),
  },
  {
    name: "add",
    words: ["add", "migrations", "--no-install"],
    before: edited(await currentTree(small)),
    plan: change({ parts: ["migrations"] }),
  },
  {
    name: "remove",
    words: ["remove", "migrations", "--no-install"],
    before: edited(await currentTree({ ...small, parts: ["migrations"] })),
    plan: change({ parts: [] }),
  },
  {
    name: "undo",
    words: ["undo"],
    before: await upgradedTree(),
    plan: (folder) =>
      Promise.resolve((signal) => undo(planUndo(openLayer(folder)), signal)),
  },
];

/** What an upgrade leaves, with the old files in `.bento/undo`. */
async function upgradedTree(): Promise<Tree> {
  return withFolder(async (folder) => {
    writeTree(folder, edited(releaseTree(oldest, small)));
    const run = await change({})(folder);
    await run(new AbortController().signal);
    return Object.fromEntries(
      Object.entries(readTree(folder))
        .filter(([path]) => !path.endsWith("/"))
        .map(([path]) => [path, readFileSync(join(folder, path), "utf8")]),
    );
  });
}

/** Everything but what is kept for undo. */
function projectIn(folder: string): Record<string, string> {
  return projectOf(readTree(folder));
}

function projectOf(tree: Snapshot): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).filter(
      ([path]) => !`${path}/`.startsWith(`${undoFolder}/`),
    ),
  );
}

function create(folder: string, { before }: Scenario): Snapshot {
  mkdirSync(folder);
  writeTree(folder, before);
  return readTree(folder);
}

/** Puts back only what differs: thousands of runs would otherwise spend their time with writing the same files. */
function reset(folder: string, { before }: Scenario, wanted: Snapshot): void {
  const changed = differences(readTree(folder), wanted);
  for (const path of changed) {
    rmSync(join(folder, path), { recursive: true, force: true });
  }
  const lost = Object.entries(before).filter(([path]) =>
    changed.some((name) => path === name || path.startsWith(name)),
  );
  writeTree(folder, Object.fromEntries(lost));
  assertSame(readTree(folder), wanted, "put back");
}

/** How often a run touches the disk, what it finds and what it leaves. */
interface Undisturbed {
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly total: number;
  /** Whole, to put it back. */
  readonly start: Snapshot;
  readonly before: Snapshot;
  readonly complete: Snapshot;
}

async function undisturbed(
  folder: string,
  scenario: Scenario,
): Promise<Undisturbed> {
  const start = create(folder, scenario);
  const run = await scenario.plan(folder);
  arm("count", 0, folder);
  await run(new AbortController().signal);
  const total = disarm();
  assert.ok(total > 20, `${total} operations`);
  const complete = projectIn(folder);
  return { run, total, start, before: projectOf(start), complete };
}

/** The paths in which two trees differ: whole trees would fill the screen. */
function assertSame(now: Snapshot, wanted: Snapshot, label: string): void {
  assert.equal(differences(now, wanted), [], label);
}

function differences(now: Snapshot, wanted: Snapshot): string[] {
  const paths = new Set([...Object.keys(now), ...Object.keys(wanted)]);
  return [...paths].filter((path) => now[path] !== wanted[path]);
}

async function failure(work: Promise<void>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Runs once for each operation with that fault at it. */
async function strike(
  scenario: Scenario,
  kind: FaultKind,
  check: (
    error: unknown,
    trees: {
      readonly before: Snapshot;
      readonly complete: Snapshot;
      readonly folder: string;
    },
    label: string,
  ) => void | Promise<void>,
): Promise<void> {
  await withFolder(async (parent) => {
    const folder = join(parent, "app");
    const { run, total, start, before, complete } = await undisturbed(
      folder,
      scenario,
    );
    for (let k = 1; k <= total; k += 1) {
      reset(folder, scenario, start);
      const abort = new AbortController();
      const end = (): void => {
        abort.abort(cancelled());
      };
      process.on("SIGINT", end);
      arm(kind, k, folder);
      const error = await failure(run(abort.signal));
      disarm();
      process.off("SIGINT", end);
      const label = `${scenario.name}, ${kind} at ${k} of ${total}: ${String(error)}`;
      await check(error, { before, complete, folder }, label);
    }
  });
}

for (const scenario of scenarios) {
  test(`${scenario.name} – scenario 77: killed at every operation, the next command finds old or new`, async () => {
    const found = { old: 0, new: 0 };
    await strike(
      scenario,
      "dead",
      (_error, { before, complete, folder }, label) => {
        recoverProject(folder);
        const now = projectIn(folder);
        const isNew = differences(now, complete).length === 0;
        if (!isNew) assertSame(now, before, label);
        found[isNew ? "new" : "old"] += 1;
      },
    );
    assert.ok(found.old > 10 && found.new > 0, JSON.stringify(found));
  });

  test(`${scenario.name} – scenario 78: a full or broken disk leaves old or new, and is named`, async () => {
    for (const kind of ["full", "broken"] as const) {
      await strike(
        scenario,
        kind,
        (error, { before, complete, folder }, label) => {
          if (error === undefined) {
            recoverProject(folder);
            assertSame(projectIn(folder), complete, label);
            return;
          }
          assert.instance(error, ToolError, label);
          const { code, message } = error as ToolError;
          if (code !== "write-failed") {
            // The disk broke again while taking back: the next command does it.
            assert.is(code, "rollback-failed", label);
            recoverProject(folder);
          } else if (kind === "full") {
            assert.match(
              message,
              /no space is left on the disk.*Nothing was changed/,
            );
          }
          assertSame(projectIn(folder), before, label);
        },
      );
    }
  });

  test(`${scenario.name} – Ctrl-C at every operation leaves old or new`, async () => {
    await strike(
      scenario,
      "interrupt",
      (error, { before, complete, folder }, label) => {
        if (error === undefined) assertSame(projectIn(folder), complete, label);
        else {
          assert.is((error as ToolError).exitCode, 130, label);
          assertSame(projectIn(folder), before, label);
        }
      },
    );
  });

  test(`${scenario.name} – a real kill, then any command`, async () => {
    await withFolder(async (parent) => {
      const folder = join(parent, "app");
      const { total, start, before, complete } = await undisturbed(
        folder,
        scenario,
      );
      const preload = pathToFileURL(
        join(import.meta.dirname, "../support/fault-fs.js"),
      ).href;
      for (const part of [0.2, 0.5, 0.8, 0.97]) {
        reset(folder, scenario, start);
        const run = await runTool(scenario.words, {
          cwd: folder,
          node: ["--import", preload],
          env: {
            BENTO_FAULT: `torn:${Math.ceil(total * part)}`,
            BENTO_FAULT_ROOT: folder,
          },
        });
        assert.is(run.signal, "SIGKILL", run.stdout + run.stderr);
        const status = await captureOutput(() =>
          main(["status", "--cwd", folder]),
        );
        assert.is(status.result, 0, status.stderr);
        const now = projectIn(folder);
        const isNew = differences(now, complete).length === 0;
        if (!isNew) assertSame(now, before, scenario.name);
        const again = await captureOutput(() =>
          main([...scenario.words, "--cwd", folder]),
        );
        const conflicted = scenario.name === "upgrade" ? [0, 3] : [0, 1];
        assert.ok(conflicted.includes(again.result), again.stderr);
        assertSame(projectIn(folder), complete, scenario.name);
      }
    });
  });

  test(`${scenario.name} – scenario 28: a file that changed since the plan stops it before the first byte`, async () => {
    if (scenario.name === "undo") return;
    await withFolder(async (parent) => {
      const folder = join(parent, "app");
      create(folder, scenario);
      const run = await scenario.plan(folder);
      writeFileSync(join(folder, "package.json"), "{}\n");
      writeFileSync(join(folder, `${layer}/.bento/record.json`), "{}\n");
      const before = readTree(folder);
      const error = await failure(run(new AbortController().signal));
      assert.is((error as ToolError).code, "changed-meanwhile");
      assert.match((error as ToolError).message, /record\.json/);
      assert.equal(readTree(folder), before);
    });
  });

  test(`${scenario.name} – scenario 76: of two at once each ends whole or says that the other is at work`, async () => {
    await withFolder(async (parent) => {
      const folder = join(parent, "app");
      const { start, complete } = await undisturbed(folder, scenario);
      reset(folder, scenario, start);
      const runs = await Promise.all(
        [1, 2].map(() => runTool(scenario.words, { cwd: folder })),
      );
      for (const { code, stderr } of runs) {
        const expected =
          /Another create-bento-db|Changed while|could be taken back|not resolved yet/;
        if (code !== 0) assert.ok(code === 3 || expected.test(stderr), stderr);
      }
      assertSame(projectIn(folder), complete, scenario.name);
    });
  });
}

test.run();
