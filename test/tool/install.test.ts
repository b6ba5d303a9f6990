/** Real installations with the real package manager, and the commands that the report prints. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { sqlitePrebuildEnvironment } from "../support/sqlite-prebuild.ts";
import { plainEnvironment, runTool, startTool } from "../support/tool.ts";
import { readFiles, withFolder, writeTree } from "../support/trees.ts";

const small =
  "app --yes --database sqlite --parts migrations --example none".split(" ");

/** A package manager that does as told; it stands first in PATH. */
function fakeManager(folder: string, script: string): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeTree(bin, { npm: `#!/bin/sh\n${script}\n` });
  chmodSync(join(bin, "npm"), 0o755);
  return { PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
}

test("install – for real: npm installs, migrates and tests with the printed commands", async () => {
  await withFolder(async (folder) => {
    const env = sqlitePrebuildEnvironment();
    const run = await runTool(small, { cwd: folder, env, timeoutMs: 600_000 });
    assert.is(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /npm install \(\d+ s\)/);
    assert.match(run.stderr, /Installing packages with npm …\n/);
    assert.not(run.stderr.includes("\r"), "plain lines without a terminal");
    assert.not.match(run.stdout, /\n {2}npm install\n/);
    const app = join(folder, "app");
    const npm = (...args: string[]): string =>
      execFileSync("npm", args, {
        cwd: app,
        encoding: "utf8",
        env: plainEnvironment(),
        stdio: ["ignore", "pipe", "pipe"],
      });
    npm("run", "typecheck");
    npm("run", "db:migrate");
    assert.match(npm("test"), /Passed: +\d+/);
    const doctor = await runTool(["doctor", "--json"], { cwd: app });
    assert.is(doctor.code, 0, doctor.stdout + doctor.stderr);
    await checkDoctor(app);
  });
});

interface DoctorReport {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
    readonly remedy?: string;
  }[];
}

/** In the installed project, for an installation takes its time. */
async function checkDoctor(app: string): Promise<void> {
  const ask = async (
    env: NodeJS.ProcessEnv,
  ): Promise<{ code: number | null; report: DoctorReport }> => {
    const run = await runTool(["doctor", "--json"], { cwd: app, env });
    return { code: run.code, report: JSON.parse(run.stdout) as DoctorReport };
  };
  const find = (report: DoctorReport, name: string) =>
    report.checks.find((check) => check.name === name);
  const good = await ask({});
  assert.equal(
    good.report.checks.map(({ name, status }) => `${name} ${status}`),
    [
      "Node.js ok",
      "record ok",
      "driver sqlite3 ok",
      "layer ok",
      "environment ok",
      "database ok",
    ],
  );
  const wrong = await ask({ DB_POOL_SIZE: "ten" });
  assert.is(wrong.code, 1);
  assert.match(find(wrong.report, "environment")?.detail ?? "", /DB_POOL_SIZE/);
  assert.is(find(wrong.report, "database")?.status, "skipped");
  const unreachable = await ask({ DB_URL: "sqlite:////nowhere/at/all.db" });
  assert.is(unreachable.code, 1);
  assert.is(find(unreachable.report, "database")?.status, "failed");
  const plain = await runTool(["doctor"], { cwd: app });
  assert.match(plain.stdout, /✓ Node\.js/);
  assert.match(plain.stdout, /✓ database +SQLite 3\./);
  const record = "infrastructure/database/.bento/base.txt";
  const text = readFiles(app)[record] ?? "";
  writeTree(app, { [record]: text.replace("a", "b").slice(0, -40) });
  const damaged = await ask({});
  assert.is(find(damaged.report, "record")?.status, "failed");
  writeTree(app, { [record]: text });
}

test("install – a failing package manager: files stay, its last lines are shown, exit code 1", async () => {
  await withFolder(async (folder) => {
    const env = fakeManager(folder, 'echo "ERR! no network" >&2; exit 7');
    const run = await runTool(small, { cwd: folder, env });
    assert.is(run.code, 1);
    assert.match(run.stdout, /npm install failed: it ended with 7/);
    assert.match(run.stdout, /ERR! no network/);
    assert.match(run.stdout, /\n {2}npm install\n/);
    assert.ok(existsSync(join(folder, "app/package.json")));
    const json = await runTool([...small, "--json"], { cwd: folder, env });
    assert.is(json.code, 0);
  });
});

test("install – --json keeps standard output for the document", async () => {
  await withFolder(async (folder) => {
    const env = fakeManager(folder, "echo added 1 package; exit 0");
    const run = await runTool([...small, "--json"], { cwd: folder, env });
    assert.is(run.code, 0);
    const report = JSON.parse(run.stdout) as { installation: { ok: boolean } };
    assert.ok(report.installation.ok);
  });
});

test("install – a package manager that is not installed is named", async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, "empty"));
    const env = { PATH: join(folder, "empty") };
    const words = [...small, "--package-manager", "pnpm"];
    const run = await runTool(words, { cwd: folder, env });
    assert.is(run.code, 1);
    assert.match(run.stdout, /pnpm is not installed/);
  });
});

test("install – Ctrl-C ends the package manager, keeps the files, and says what is left to do", async () => {
  await withFolder(async (folder) => {
    const script = 'echo $$ > "$PWD/pid"; exec sleep 60';
    const env = fakeManager(folder, script);
    const tool = startTool(small, { cwd: folder, env });
    while (!existsSync(join(folder, "app/pid"))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    tool.child.kill("SIGINT");
    const run = await tool.ended;
    assert.is(run.code, 130);
    assert.match(run.stderr, /All files are written.*npm install/);
    assert.ok(existsSync(join(folder, "app/package.json")));
  });
});

test.run();
