import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { readTree, withFolder, writeTree } from "../support/trees.ts";
import { captureOutput } from "../support/output.ts";
import { runTool } from "../support/tool.ts";

/** A command line, its exit code, and what its message has to name: the culprit, then the way out. */
type Wrong = readonly [string, number, ...RegExp[]];

const wrongFlags: readonly Wrong[] = [
  ["--yess", 2, /no flag --yess/, /Did you mean --yes\?/],
  ["--databse sqlite", 2, /--databse/, /--database/],
  ["--dryrun", 2, /--dryrun/, /--dry-run/],
  ["--dry_run", 2, /--dry_run/, /--dry-run/],
  ["--no-instal", 2, /--no-instal/, /--no-install/],
  ["--no-database", 2, /--no-database/, /--help/],
  ["--frobnicate", 2, /--frobnicate/, /--help/],
  ["-x", 2, /no flag -x/, /--help/],
  ["-yes", 2, /no flag -yes/, /--yes/],
  ["--json=maybe", 2, /--json takes no value, got "maybe"/, /--no-json/],
  ["--yes=", 2, /--yes takes no value/, /--no-yes/],
  ["--dry-run=no", 2, /--dry-run takes no value/, /--no-dry-run/],
  ["--path", 2, /--path expects a value/, /--path <folder>/],
  ["--path=", 2, /--path expects a value/, /--path <folder>/],
  ["--database", 2, /--database expects a value/, /sqlite,postgres/],
  ["--path a --path b", 2, /--path expects one value.*"a" and "b"/, /once/],
  ["--cwd nowhere", 2, /--cwd expects a folder.*nowhere/, /spelling/],
  ["--cwd file", 2, /--cwd expects a folder/, /spelling/],
  ["--cwd", 2, /--cwd expects a value/, /<folder>/],
  ["status --database sqlite", 2, /--database in status/, /status --help/],
  ["doctor --exmaple none", 2, /--exmaple in doctor/, /doctor --help/],
];

const wrongAnswers: readonly Wrong[] = [
  ["--yes --database mysql", 2, /--database:.*"mysql"/, /sqlite, postgres/],
  ["--yes --database postgress", 2, /"postgress"/, /mean "postgres"/],
  ["--yes --database none", 2, /--database: Expected at least one/],
  ["--yes --parts session", 2, /--parts:.*"session"/, /mean "sessions"/],
  ["--yes --without drain", 2, /"drain"/, /mean "draining"/],
  ["--yes --example koa", 2, /--example:.*"koa"/, /none, http, express/],
  ["--yes --example expres", 2, /"expres"/, /mean "express"/],
  [
    "--yes --test-runner jest",
    2,
    /--test-runner:.*"jest"/,
    /uvu, node, vitest/,
  ],
  ["--yes --module umd", 2, /--module:.*"umd"/, /esm, cjs/],
  [
    "--yes --import-extension .mjs",
    2,
    /--import-extension:.*mjs/,
    /\.ts, \.js/,
  ],
  ["--yes --package-manager npx", 2, /--package-manager:.*"npx"/, /"npm"/],
  ["--yes --sqlite-driver sqlite", 2, /--sqlite-driver:/, /"sqlite3"/],
  ["--yes --path ../out", 2, /--path:.*"\.\.\/out"/, /leads out/],
  ["--yes --path /etc/db", 2, /--path:.*absolute path/, /"\/etc\/db"/],
  ["--yes --path a/../../b", 2, /--path:/, /leads out/],
  ["--yes --path .git/x", 2, /--path:/, /another tool/],
  ["--yes --path node_modules/db", 2, /--path:/, /another tool/],
  ["--yes --path con/db", 2, /--path:/, /Windows reserves con/],
  ["--yes --path a\\b", 2, /--path:.*forward slashes/],
  ["--yes --path a$b", 2, /--path:.*letters, digits/],
  ["--yes --path a`b", 2, /--path:/],
  ["--yes --path {{x}}", 2, /--path:/],
  ["--yes --path .", 2, /--path:.*got the project itself/],
  ["--yes --path C:/db", 2, /--path:.*absolute/],
  ["--yes --name Bad!!", 2, /--name:.*"Bad!!"/, /capital letters/],
  ["--yes --name .x", 2, /--name:/, /period/],
  ["--yes --name node_modules", 2, /--name:/],
  ["--yes --name fs", 2, /--name:.*"fs"/, /core module/],
  ["--yes --name a/b", 2, /--name:.*"a\/b"/, /URL-friendly/],
  ["--yes --name ${x}", 2, /--name:/],
  [
    "--yes --database mysql --example koa --path ..",
    2,
    /--database:[^]*--path:[^]*--example:/,
  ],
];

const wrongWords: readonly Wrong[] = [
  [
    "upgarde",
    2,
    /no command "upgarde"/,
    /Did you mean upgrade\?/,
    /\.\/upgarde/,
  ],
  ["statsu", 2, /"statsu"/, /status/],
  ["docter", 2, /"docter"/, /doctor/],
  ["udno", 2, /"udno"/, /undo/],
  ["app koa", 2, /"koa" answers no question/, /flag=value/],
  [
    "app none",
    2,
    /"none" answers no question, or more than one/,
    /example=none/,
  ],
  ["app expres", 2, /"expres"/, /mean express/],
  ["app example=koa yes", 2, /--example:.*"koa"/],
  ["app colour=red", 2, /"colour=red" answers no question/],
  ["new", 2, /new expects migration or model, got none/, /new model <Name>/],
  ["new modle Book", 2, /got "modle"/, /Did you mean new model\?/],
  ["new migration", 2, /expects a name/, /new migration --help/],
  ["new model", 2, /expects a name/, /new model --help/],
  ["new migration a b", 2, /does not expect "b"/, /--help/],
  ["new model Book", 1, /Found no database layer/, /create-bento-db/],
  ["doctor now", 2, /doctor does not expect "now"/, /doctor --help/],
  ["doctor", 1, /Found no database layer/, /create a layer/],
  ["status x", 2, /status does not expect "x"/, /status --help/],
  ["diff a b", 2, /diff does not expect "b"/, /diff --help/],
  ["add", 2, /add expects a part/, /--restore/],
  ["remove", 2, /remove expects a part/, /remove --help/],
  ["upgrade", 1, /Found no database layer/, /create-bento-db adopt/],
  ["upgrade --conflicts their", 2, /--conflicts expects one of ask/],
  ["upgrade --path src/db", 2, /--path/],
  ["undo", 1, /Found no database layer/, /create-bento-db adopt/],
  ["status", 1, /Found no database layer/, /create-bento-db adopt/],
  ["diff", 1, /Found no database layer/],
  ["add migrations", 1, /Found no database layer/],
  ["add migratons", 2, /got "migratons"/, /Did you mean migrations/],
  ["remove draining", 1, /Found no database layer/],
  ["remove dranings", 2, /Did you mean draining/, /upgrade --help/],
  ["file --yes", 2, /Expected a folder, found a file/, /Name another folder/],
  ["file/app --yes", 2, /found a file: .*\/file\./, /Name another folder/],
];

const wrong = [...wrongFlags, ...wrongAnswers, ...wrongWords];

test(`wrong command lines – ${wrong.length} of them name the culprit and the way out`, async () => {
  assert.ok(wrong.length >= 60);
  for (const [line, code, ...patterns] of wrong) {
    await withFolder(async (folder) => {
      writeTree(folder, { file: "" });
      const before = readTree(folder);
      const words = line.split(" ");
      const cwd = words.includes("--cwd") ? [] : ["--cwd", folder];
      const run = await captureOutput(() => main([...words, ...cwd]));
      const shown = `${line}\n${run.stderr}`;
      assert.is(run.result, code, shown);
      for (const pattern of patterns) {
        assert.ok(pattern.test(run.stderr), `${String(pattern)}\n${shown}`);
      }
      assert.is(run.stdout, "", line);
      assert.match(run.stderr, /^create-bento-db: /, line);
      assert.not.match(run.stderr, /\n\s+at |undefined|\[object/, line);
      assert.equal(readTree(folder), before, line);
    });
  }
});

test("an empty word is an error", async () => {
  await withFolder(async (folder) => {
    const run = await captureOutput(() => main(["", "--cwd", folder]));
    assert.is(run.result, 2);
    assert.match(run.stderr, /empty word/);
  });
});

test("errors with --json – one document on standard output and nothing else", async () => {
  await withFolder(async (folder) => {
    for (const line of ["--yess", "--yes --path ..", "new model X", "undo"]) {
      const args = [...line.split(" "), "--json", "--cwd", folder];
      const run = await captureOutput(() => main(args));
      const { error } = JSON.parse(run.stdout) as {
        error: { code: string; message: string; exitCode: number };
      };
      assert.is(error.exitCode, run.result, line);
      assert.type(error.message, "string");
      assert.is(run.stderr, "", line);
    }
  });
});

test("--verbose – shows the stack of an error, and only then", async () => {
  const run = await captureOutput(() => main(["--yess", "--verbose"]));
  assert.match(run.stderr, /\n\s+at /);
});

test("--version and -v – print the version, --json too", async () => {
  for (const flag of ["--version", "-v"]) {
    const run = await captureOutput(() => main([flag]));
    assert.match(run.stdout, /^\d+\.\d+\.\d+\n$/);
    assert.is(run.result, 0);
  }
  const run = await captureOutput(() => main(["--version", "--json"]));
  assert.match(run.stdout, /"version": "\d/);
});

test("--help – every command has one with its flags and an example", async () => {
  const { commands } = await import("../../src/commands/table.ts");
  for (const { name, flags, description } of commands) {
    const words = name === "create" ? [] : name.split(" ");
    const run = await captureOutput(() => main([...words, "--help"]));
    assert.is(run.result, 0);
    assert.ok(run.stdout.includes(description.split(",")[0] ?? ""), name);
    for (const flag of flags) assert.ok(run.stdout.includes(`--${flag.name}`));
    assert.match(run.stdout, /Examples:/);
    for (const line of run.stdout.split("\n")) {
      assert.ok(line.length <= 80, line);
    }
    const same = await captureOutput(() => main(["help", ...words]));
    assert.is(same.stdout, run.stdout, name);
  }
});

test("every question has a flag", async () => {
  const { questions } = await import("../../src/questions.ts");
  const run = await captureOutput(() => main(["--help"]));
  for (const { flag } of questions) {
    assert.ok(run.stdout.includes(`--${flag} `), flag);
  }
});

test("completion – the words that can come next", async () => {
  const complete = async (...words: string[]): Promise<string[]> => {
    const run = await captureOutput(() =>
      main(["--complete", "create-bento-db", ...words]),
    );
    return run.stdout.trim().split("\n");
  };
  assert.ok((await complete("")).includes("upgrade"));
  assert.ok((await complete("--")).includes("--database"));
  assert.equal(await complete("--example", ""), [
    "none",
    "http",
    "express",
    "fastify",
    "hono",
    "nest",
  ]);
  assert.ok((await complete("--example=")).includes("--example=none"));
  assert.equal(await complete("new", ""), ["migration", "model"]);
  assert.ok(
    (await complete("--database", "sqlite,")).includes("sqlite,postgres"),
  );
});

test("completion – a script for each shell, and a wrong shell is named", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { stdout } = await captureOutput(() => main(["completion", shell]));
    assert.match(stdout, /create-bento-db --complete/);
    assert.match(stdout, `completion ${shell}`);
  }
  const wrong = await captureOutput(() => main(["completion", "tcsh"]));
  assert.is(wrong.result, 2);
  assert.match(wrong.stderr, /bash, zsh, fish.*"tcsh"/);
});

test("without a terminal – open questions are named with their flags, at once, also with an open pipe", async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, "app"));
    for (const stdin of ["nothing", "open", { text: "y\n\n\n" }] as const) {
      const run = await runTool(["app"], { cwd: folder, stdin });
      assert.is(run.code, 2);
      for (const flag of ["path", "database", "parts", "example"]) {
        assert.match(run.stderr, new RegExp(`--${flag} `));
      }
      assert.match(run.stderr, /--yes/);
      assert.equal(readTree(folder), { "app/": "755" });
    }
  });
});

test("a reader that goes away early does not make it fail", async () => {
  await withFolder(async (folder) => {
    const run = await runTool(["--help"], { cwd: folder });
    assert.is(run.code, 0);
  });
});

test.run();
