/** What differs on Windows, as far as it can be tried elsewhere: each piece is told the platform. */
import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseAnswers } from "../../src/answers.ts";
import { choices } from "../../src/answers/choices.ts";
import { ToolError } from "../../src/errors.ts";
import { modelNames, readModelName } from "../../src/new/names.ts";
import { endCommand } from "../../src/platform/end-tree.ts";
import { managerCommand } from "../../src/platform/package-manager-command.ts";
import { quote } from "../../src/platform/quote.ts";
import { isSpelledOtherwise } from "../../src/platform/spelling.ts";
import { nextSteps } from "../../src/report/next-steps.ts";
import { scriptsOf } from "../../src/requirements/scripts.ts";
import { explainFailure } from "../../src/write/file-system-error.ts";
import { missingRight } from "../../src/write/missing-right.ts";
import { pathProblem } from "../../src/write/paths.ts";
import { rename } from "../../src/write/rename.ts";
import { runTool } from "../support/tool.ts";
import { readFiles, withFolder, writeTree } from "../support/trees.ts";

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "windows-"));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A `renameSync` that finds the file in use so many times. */
function withHeldFile<T>(times: number, code: string, work: () => T): T {
  const { renameSync } = fs;
  let left = times;
  fs.renameSync = (from, to) => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(`${code}: held`), { code });
    renameSync(from, to);
  };
  syncBuiltinESMExports();
  try {
    return work();
  } finally {
    fs.renameSync = renameSync;
    syncBuiltinESMExports();
  }
}

test("package managers – one line for the shell on Windows, words elsewhere", () => {
  assert.equal(managerCommand(["pnpm", "run", "test:database"], "win32"), {
    file: "pnpm run test:database",
    args: [],
    shell: true,
  });
  assert.equal(managerCommand(["pnpm", "install"], "linux"), {
    file: "pnpm",
    args: ["install"],
    shell: false,
  });
});

test("package managers – a word that a shell would read as more is never given to one", () => {
  for (const word of ["a b", "a&b", "%PATH%", "a|b", '"', "^", ""])
    assert.throws(
      () => managerCommand(["npm", "run", word], "win32"),
      (error: Error) => error.message.includes(JSON.stringify(word)),
    );
});

test("package managers – what they have started ends with them, without SIGTERM on Windows", () => {
  assert.equal(endCommand(42, "win32"), ["taskkill", "/pid", "42", "/t", "/f"]);
  assert.is(endCommand(42, "linux"), undefined);
});

test("commands to copy – are quoted for the shells of the platform", () => {
  assert.is(
    quote(String.raw`C:\my apps\one`, "win32"),
    String.raw`"C:\my apps\one"`,
  );
  assert.is(
    quote("sqlite,postgres", "win32"),
    '"sqlite,postgres"',
    "PowerShell reads a list",
  );
  assert.is(quote(String.raw`C:\apps`, "win32"), String.raw`C:\apps`);
  assert.is(quote("it's", "linux"), String.raw`'it'\''s'`);
  const parsed = parseAnswers({ databases: ["postgres"], parts: [] });
  assert.ok(parsed.ok);
  const steps = nextSteps(parsed.answers, "my app", true, [], "win32");
  assert.equal(steps.slice(0, 2), [
    'cd "my app"',
    "copy .env.example .env    # and set DB_URL in it",
  ]);
});

test("renaming – waits for a file that is held for a moment, on Windows only", () => {
  inFolder((folder) => {
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    writeFileSync(from, "text");
    for (const code of ["EPERM", "EBUSY", "EACCES"]) {
      const here = (platform: NodeJS.Platform) => (): void => {
        withHeldFile(3, code, () => {
          rename(from, to, platform);
        });
      };
      assert.throws(here("linux"), /held/);
      here("win32")();
      assert.is(readFileSync(to, "utf8"), "text");
      rename(to, from);
    }
    assert.throws(() => {
      withHeldFile(1000, "EBUSY", () => {
        rename(from, to, "win32");
      });
    }, /held/);
    assert.throws(() => {
      withHeldFile(1, "ENOSPC", () => {
        rename(from, to, "win32");
      });
    }, /held/);
  });
});

test("failures – the advice is one for the platform", () => {
  const path = String.raw`C:\app\package.json`;
  const failed = (code: string): Error =>
    Object.assign(new Error(code), { code, path });
  for (const code of ["EPERM", "EACCES", "EBUSY"]) {
    const error = explainFailure(failed(code), "", "write", "win32");
    assert.instance(error, ToolError);
    const { message, remedy = "" } = error as ToolError;
    assert.match(message, "another program has it open");
    assert.match(remedy, /^Close what has it open/);
    assert.not.match(message + remedy, /chmod|ulimit/);
  }
  const opened = explainFailure(failed("EPERM"), "", "open", "win32");
  const { remedy = "" } = opened as ToolError;
  assert.match(remedy, `icacls "${path}" /grant "`);
  const right = missingRight(path, "win32");
  assert.is(right?.place, path);
  assert.not.match(right?.advice ?? "", /chmod/);
});

test("names – those that Windows keeps for devices are refused, whatever their case and ending", () => {
  for (const name of ["con", "AUX", "Nul", "com1", "LPT9"]) {
    assert.throws(() => readModelName(name), /reserved by Windows/);
    assert.match(pathProblem(`models/${name}.ts`) ?? "", "reserved name");
    assert.match(pathProblem(`${name}/index.ts`) ?? "", "reserved name");
  }
  assert.is(readModelName("Console").file, "console");
});

test("names – two spellings of a model are one file, so that letter case never tells files apart", () => {
  const files = ["OrderLine", "orderLine", "order-line", "order_line"].map(
    (name) => modelNames(name).file,
  );
  assert.equal([...new Set(files)], ["order-line"]);
});

test("scripts of package.json – need no POSIX shell, but for two that the compatibility page names", () => {
  const exceptions = new Set<string>();
  for (const testRunner of choices.testRunner) {
    for (const packageManager of choices.packageManager) {
      const parsed = parseAnswers({ testRunner, packageManager });
      assert.ok(parsed.ok);
      for (const { name, command } of scriptsOf(parsed.answers)) {
        if (/['`$*;&|<>\\]|^\w+=/.test(command))
          exceptions.add(`${name} ${testRunner} ${packageManager}`);
      }
    }
  }
  const globs = choices.packageManager.map((name) => `test node ${name}`);
  assert.equal([...exceptions].sort(), [...globs, "test uvu yarn"].sort());
});

test("renamed – a file that differs in letter case is another one, even where the system finds it", () => {
  const real = (place: string) => (): string => place;
  const spelled = (place: string, platform: NodeJS.Platform): boolean =>
    isSpelledOtherwise("/app", "models/note.ts", platform, real(place));
  assert.ok(spelled(String.raw`C:\app\models\Note.ts`, "win32"));
  assert.not(spelled(String.raw`C:\app\models\note.ts`, "win32"));
  assert.ok(spelled("/private/app/Models/note.ts", "darwin"));
  assert.not(spelled("/private/app/models/note.ts", "darwin"));
  const refuses = (): string => {
    throw new Error("EISDIR: illegal operation on a directory");
  };
  assert.not(isSpelledOtherwise("R:/app", "note.ts", "win32", refuses));
  const accent = real("/app/caf\u0065\u0301/note.ts");
  assert.not(isSpelledOtherwise("/app", "caf\u00e9/note.ts", "darwin", accent));
});

test("checkout – what git turns into CRLF, the record too, is unchanged for the tool", () =>
  withFolder(async (folder) => {
    const words = ["app", "--yes", "--no-install"];
    assert.is((await runTool(words, { cwd: folder })).code, 0);
    const app = join(folder, "app");
    const files = readFiles(app);
    assert.ok("infrastructure/database/.bento/record.json" in files);
    writeTree(
      app,
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          text.replaceAll("\n", "\r\n"),
        ]),
      ),
    );
    const { code, stdout } = await runTool(["status", "--json"], { cwd: app });
    assert.is(code, 0, stdout);
    const { files: states } = JSON.parse(stdout) as {
      files: readonly { readonly status: string }[];
    };
    const statuses = states.map(({ status }) => status);
    assert.equal([...new Set(statuses)].sort(), ["detached", "unchanged"]);
  }));

test.run();
