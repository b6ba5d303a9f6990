import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodePlop from "node-plop";
import { test } from "uvu";
import * as assert from "uvu/assert";
import registerGenerators from "../../generators/index.ts";

async function withFolder(
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "plop-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const plop = await nodePlop("", { destBasePath: tmpdir(), force: false });
registerGenerators(plop);

test("plop – the three generators are there", () => {
  const names = plop.getGeneratorList().map(({ name }) => name);
  assert.equal(names, ["database", "migration", "model"]);
});

test("plop – every prompt can be answered on the command line", () => {
  for (const { name } of plop.getGeneratorList()) {
    const { prompts } = plop.getGenerator(name);
    const conditional = (prompts as { when?: unknown }[]).filter(
      (prompt) => typeof prompt.when === "function",
    );
    assert.equal(conditional, [], name);
  }
});

test("plop – database writes what the command writes", () =>
  withFolder(async (folder) => {
    const target = join(folder, "app");
    const { failures, changes } = await plop
      .getGenerator("database")
      .runActions({
        directory: target,
        path: "db",
        databases: ["sqlite"],
        parts: [],
        example: "none",
        testRunner: "node",
        install: false,
      });
    assert.equal(failures, []);
    assert.is(changes.length, 1);
    assert.ok(existsSync(join(target, "db/index.ts")));
    assert.not(existsSync(join(target, "db/session")));
    const record = readFileSync(join(target, "db/.bento/record.json"), "utf8");
    assert.match(record, /"databases": \["sqlite"\]/);
  }));

test("plop – wrong answers fail and leave nothing", () =>
  withFolder(async (folder) => {
    const target = join(folder, "app");
    const { failures } = await plop.getGenerator("database").runActions({
      directory: target,
      path: "../outside",
      install: false,
    });
    assert.is(failures.length, 1);
    assert.not(existsSync(target));
  }));

test.run();
