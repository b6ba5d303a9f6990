import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Ended, start } from "../support/migrations.ts";
import {
  type RenderedProject,
  renderTestProject,
} from "../support/rendered-project.ts";

const repository = join(import.meta.dirname, "../..");
const migrations = "infrastructure/database/migrations";

async function withProject(
  answers: Parameters<typeof renderTestProject>[0],
  work: (project: RenderedProject) => Promise<void>,
): Promise<void> {
  const project = await renderTestProject(answers);
  try {
    await work(project);
  } finally {
    project.remove();
  }
}

function run(
  project: RenderedProject,
  file: string,
  args: readonly string[],
  url = "sqlite:///cli.db",
): Promise<Ended> {
  const options = { cwd: project.folder, env: { DB_URL: url } };
  return start(join(project.folder, file), args, options).ended;
}

for (const module of ["esm", "cjs"] as const) {
  test(`${module}: the four commands, from the sources and compiled`, () =>
    withProject({ module }, async (project) => {
      const cli = (...args: string[]): Promise<Ended> =>
        run(project, `${migrations}/cli.ts`, args);
      assert.match(
        (await cli("status")).out,
        /pending .*0001-create-notes\n0 applied, 1 pending/,
      );
      const migrated = await cli("migrate");
      assert.is(migrated.code, 0, migrated.error);
      assert.match(
        migrated.out,
        /applied 0001-create-notes \(.* s\)\n1 migration applied: sqlite:/,
      );
      assert.match((await cli("migrate")).out, /Nothing to migrate/);
      const compiled = spawnSync(
        process.execPath,
        [
          join(repository, "node_modules/typescript-7/bin/tsc"),
          ...["-p", ".", "--noEmit", "false", "--outDir", "dist"],
          ...["--rootDir", ".", "--rewriteRelativeImportExtensions", "true"],
        ],
        { cwd: project.folder, encoding: "utf8" },
      );
      assert.is(compiled.stdout, "");
      const js = (...args: string[]): Promise<Ended> =>
        run(project, `dist/${migrations}/cli.js`, args);
      const status = await js("status", "--json");
      const { migrations: entries, problems } = JSON.parse(status.out) as {
        migrations: { name: string; state: string }[];
        problems: string[];
      };
      assert.equal(
        entries.map(({ name, state }) => [name, state]),
        [["0001-create-notes", "applied"]],
      );
      assert.equal(problems, []);
      assert.is(
        (await js("rollback", "--json")).out,
        '{"rolledBack":["0001-create-notes"]}\n',
      );
      assert.is(
        (await js("migrate", "--json")).out,
        '{"applied":["0001-create-notes"]}\n',
      );
      assert.match((await js("new", "x")).error, /written in the sources/);
      assert.match((await cli("rollback", "--to", "0")).out, /undone {2}0001/);
      const created = await cli("new", "add email to notes");
      assert.is(created.code, 0, created.error);
      const path = /Created (.*)\n/.exec(created.out)?.[1] ?? "";
      assert.match(path, /versions\/\d{14}-add-email-to-notes\.ts$/);
      assert.match(
        readFileSync(join(project.folder, path), "utf8"),
        "export const up",
      );
      const unedited = await cli("migrate");
      assert.is(unedited.code, 1);
      assert.match(
        unedited.error,
        /add-email-to-notes could not be applied: .*\btable\b/,
      );
      assert.not.match(unedited.error, /\n\s+at /);
    }));
}

test("wrong use ends with 2 and says what was expected; help with 0", () =>
  withProject({}, async (project) => {
    const cli = (...args: string[]): Promise<Ended> =>
      run(project, `${migrations}/cli.ts`, args);
    for (const [args, expected] of [
      [["frob"], /no command frob; expected migrate, rollback, status, new/],
      [["migrate", "--step", "2"], /migrate has no option --step/],
      [["migrate", "--frob"], /--frob/],
      [["rollback", "--step", "two"], /--step expects a whole number, got two/],
      [["new"], /Say what the migration changes/],
      [["status", "more"], /Did not understand more/],
    ] as const) {
      const { code, error } = await cli(...args);
      assert.is(code, 2, args.join(" "));
      assert.match(error, expected);
    }
    const help = await cli("migrate", "--help");
    assert.is(help.code, 0);
    assert.match(help.out, /--lock-timeout/);
    const escaping = await cli("new", "../../x");
    assert.is(escaping.code, 1);
    assert.match(escaping.error, /may only have letters/);
    assert.is(existsSync(join(project.folder, "x.ts")), false);
  }));

test("a database that refuses is told in one line without stack or password", () =>
  withProject({}, async (project) => {
    writeFileSync(join(project.folder, ".env"), "DB_POOL_TIMEOUT=1\n");
    const url = "postgresql://app:topsecret@127.0.0.1:1/nothing";
    for (const flag of ["--json", "--verbose"]) {
      const { code, out, error } = await run(
        project,
        `${migrations}/cli.ts`,
        ["migrate", flag],
        url,
      );
      assert.is(code, 1);
      assert.match(out + error, /ECONNREFUSED/);
      assert.not.match(out + error, /topsecret/);
    }
    const { error } = await run(
      project,
      `${migrations}/cli.ts`,
      ["status"],
      url,
    );
    assert.match(error, /ECONNREFUSED/);
    assert.not.match(error, /\n\s+at /);
  }));

test.run();
