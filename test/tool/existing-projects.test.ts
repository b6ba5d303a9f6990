/** The layer comes into projects as people have them; their own checks still pass, and only lines are added. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import {
  expressProject,
  fastifyProject,
  git,
  nestProject,
  runProgram,
  testCache,
  withProject,
} from "../support/fixtures.ts";
import { captureOutput } from "../support/output.ts";
import { plainEnvironment } from "../support/tool.ts";
import { readFiles, writeTree } from "../support/trees.ts";

interface Created {
  readonly detected: string;
  readonly notes: readonly string[];
  readonly answers: { readonly path: string };
}

/** Creates with the defaults and checks that git sees added lines only. */
async function create(folder: string): Promise<Created> {
  const words = ["--yes", "--no-install", "--json", "--cwd", folder];
  const run = await captureOutput(() => main(words));
  assert.is(run.result, 0, run.stdout);
  const changed = git(folder, "diff", "--name-only").trim().split("\n");
  for (const path of changed) {
    const before = git(folder, "show", `HEAD:${path}`).split("\n");
    const now = (readFiles(folder)[path] ?? "").split("\n");
    const bare = now.map((line) => line.replace(/,?\r?$/, ""));
    for (const line of before) {
      assert.ok(bare.includes(line.replace(/,?\r?$/, "")), `${path}: ${line}`);
    }
  }
  const allowed = ["package.json", ".env.example", "tsconfig.json"];
  assert.equal(
    changed.filter((path) => !allowed.includes(path)),
    [],
  );
  return JSON.parse(run.stdout) as Created;
}

/** Runs a program of node_modules and fails with what it printed. */
function passes(folder: string, script: string, ...args: string[]): void {
  const output = runProgram(folder, script, ...args);
  assert.is(output, undefined, `${script} ${args.join(" ")}\n${output ?? ""}`);
}

/** Runs the layer's emitted tests by the script that was added. */
function layerTestsPass(folder: string, script: string): void {
  const { scripts } = JSON.parse(readFiles(folder)["package.json"] ?? "") as {
    scripts: Record<string, string>;
  };
  assert.ok(scripts[script], script);
  execFileSync("npm", ["run", script], {
    cwd: folder,
    encoding: "utf8",
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("Express, CommonJS, TypeScript 5.9 – type check, lint, format and the layer's tests pass", async () => {
  await withProject(expressProject, async (folder) => {
    passes(folder, "prettier/bin/prettier.cjs", "--check", ".");
    const { detected, answers } = await create(folder);
    assert.match(detected, /^Express · npm .* · CommonJS .* · Prettier$/);
    assert.is(answers.path, "src/infrastructure/database");
    passes(folder, "typescript-5.9/bin/tsc", "--noEmit");
    passes(folder, "prettier/bin/prettier.cjs", "--check", ".");
    passes(folder, "eslint/bin/eslint.js", ".");
    layerTestsPass(folder, "test:database");
    assert.match(
      readFiles(folder)[".env.example"] ?? "",
      /^PORT=3000\n\n[^]*DB_URL=/,
    );
  });
});

test("Fastify, ES modules under NodeNext, TypeScript 6 – type check and the layer's tests pass", async () => {
  await withProject(fastifyProject, async (folder) => {
    const { detected, answers } = await create(folder);
    assert.match(detected, /^Fastify · .* · ES modules · imports with \.js/);
    assert.is(answers.path, "src/infrastructure/database");
    passes(folder, "typescript/bin/tsc", "--noEmit");
    passes(folder, "typescript/bin/tsc");
    layerTestsPass(folder, "test");
    assert.is(git(folder, "diff", "--name-only").trim(), "package.json");
  });
});

test("NestJS – detected, put below src, type check, build place and format as before", async () => {
  const packages = nestPackages();
  if (packages === undefined) {
    console.log("skipped: NestJS could not be installed");
    return;
  }
  const work = async (folder: string): Promise<void> => {
    const { detected, notes, answers } = await create(folder);
    assert.match(detected, /^NestJS · /);
    assert.match(notes.join(), /Jest/);
    assert.is(answers.path, "src/infrastructure/database");
    passes(folder, "typescript-5.9/bin/tsc");
    assert.ok(existsSync(join(folder, "dist/main.js")), "not dist/src/main.js");
    passes(folder, "prettier/bin/prettier.cjs", "--check", "src");
  };
  await withProject(nestProject, work, packages);
});

/** NestJS, installed once into the test cache beside the repository's packages; undefined without a network. */
function nestPackages(): string | undefined {
  const folder = join(testCache, "nest");
  if (existsSync(folder)) return join(folder, "node_modules");
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const dependencies = {
    "@nestjs/common": "^11.0.1",
    "@nestjs/core": "^11.0.1",
    "@types/node": "^22.10.7",
    "@types/pg": "^8.23.1",
    prettier: "^3.10.1",
    "reflect-metadata": "^0.2.2",
    rxjs: "^7.8.1",
    sequelize: "^6.37.8",
    pg: "^8.21.0",
    sqlite3: "^6.0.1",
    typescript: "^5.9.3",
    umzug: "^3.8.3",
    uvu: "^0.5.6",
  };
  writeTree(draft, { "package.json": JSON.stringify({ dependencies }) });
  try {
    // Only types are wanted here, and sqlite3's install script would compile for a minute.
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund"];
    execFileSync("npm", ["install", ...flags], {
      cwd: draft,
      env: plainEnvironment(),
      stdio: "ignore",
      timeout: 180_000,
    });
  } catch {
    return undefined;
  }
  renameSync(draft, folder);
  return join(folder, "node_modules");
}

test.run();
