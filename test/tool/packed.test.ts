import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codeSizes } from "../support/code-sizes.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const folder = mkdtempSync(join(tmpdir(), "packed-"));
const command = join(folder, "node_modules/create-bento-db/dist/cli.js");

/** `npm test` has built dist/; a file that runs alone builds it itself. */
async function pack(): Promise<Packed> {
  if (!existsSync(join(root, "dist/cli.js"))) {
    await run(npm, ["run", "build"], { cwd: root });
  }
  const { stdout } = await run(
    npm,
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: root },
  );
  // npm 12 answers with an object by package name, the ones before with a list.
  const answer = JSON.parse(stdout) as Packed[] | Record<string, Packed>;
  const [packed] = Object.values(answer);
  if (packed === undefined) throw new Error(`npm pack said ${stdout}`);
  return packed;
}

const packed = await pack();

test("packed – only what is needed", () => {
  const others = packed.files
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("dist/"));
  assert.equal(
    others.filter(
      (path) =>
        !["CHANGELOG.md", "LICENSE", "README.md", "package.json"].includes(
          path,
        ),
    ),
    [],
  );
  assert.ok(others.includes("README.md") && others.includes("LICENSE"));
});

test("packed – at most 300 kB of code without the templates and the merge's parser, and no dependencies", () => {
  const { everyday, compressed } = codeSizes(root);
  assert.ok(everyday <= 300_000, `${everyday} bytes`);
  assert.ok(compressed <= 300_000, `${compressed} bytes, compressed`);
  const manifest = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as object;
  assert.not("dependencies" in manifest);
});

test("packed – installs alone and answers", async () => {
  await run(
    npm,
    ["install", "--no-audit", "--no-fund", join(folder, packed.filename)],
    { cwd: folder },
  );
  const { stdout: version } = await run(process.execPath, [
    command,
    "--version",
  ]);
  assert.match(version, /^\d+\.\d+\.\d+\n$/);
  for (const words of [
    ["--help"],
    ["upgrade", "--help"],
    ["new", "model", "--help"],
  ]) {
    const { stdout } = await run(process.execPath, [command, ...words]);
    assert.match(stdout, /create-bento-db/);
    assert.not(stdout.includes("\u001b"));
  }
});

test("packed – creates a project", async () => {
  await run(process.execPath, [command, "app", "--yes", "--no-install"], {
    cwd: folder,
  });
  const app = join(folder, "app");
  for (const path of [
    "package.json",
    "tsconfig.json",
    ".gitignore",
    ".env.example",
    "src/server.ts",
    "infrastructure/database/index.ts",
    "infrastructure/database/.bento/record.json",
    "infrastructure/database/.bento/base.txt",
  ]) {
    assert.ok(existsSync(join(app, path)), path);
  }
});

test("packed – wrong use ends with 2 and without a stack", async () => {
  const failure = (await run(process.execPath, [command, "--yess"]).catch(
    (error: unknown) => error,
  )) as { code: number; stderr: string };
  assert.is(failure.code, 2);
  assert.match(failure.stderr, /--yes/);
  assert.not.match(failure.stderr, /\n\s+at /);
});

test("packed – a plopfile of one's own loads it, and plop asks and writes as the command does", async () => {
  const plopfile = join(folder, "plopfile.mjs");
  const lines = [
    "export default async function (plop) {",
    '  await plop.load("create-bento-db");',
    "}",
  ];
  writeFileSync(plopfile, `${lines.join("\n")}\n`);
  const plop = (cwd: string, ...words: string[]): Promise<unknown> =>
    run(
      process.execPath,
      [
        join(root, "node_modules/plop/bin/plop.js"),
        ...["--plopfile", plopfile, "--cwd", cwd],
        ...words,
      ],
      { cwd },
    );
  const answers = {
    directory: "plopped",
    path: "db",
    databases: "sqlite",
    parts: "migrations",
    example: "none",
    testRunner: "node",
    install: "false",
  };
  const flags = Object.entries(answers).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  await plop(folder, "database", "--", ...flags);
  const project = join(folder, "plopped");
  assert.ok(existsSync(join(project, "db/.bento/record.json")));
  await plop(project, "migration", "--", "--name", "add-author");
  const versions = readdirSync(join(project, "db/migrations/versions"));
  assert.ok(versions.some((name) => name.endsWith("-add-author.ts")));
});

test("packed – the end", () => {
  rmSync(folder, { recursive: true, force: true });
});

test.run();
