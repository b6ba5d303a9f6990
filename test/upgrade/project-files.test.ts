/** What create, add and remove do to the files around the layer, by the real commands. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { valueAt } from "../../src/project/json-text.ts";
import { captureOutput } from "../support/output.ts";
import { edit, readTree, withFolder, writeTree } from "../support/trees.ts";

const layer = "infrastructure/database";

async function run(folder: string, ...words: string[]): Promise<string> {
  const { result, stdout, stderr } = await captureOutput(() =>
    main([...words, "--no-install", "--cwd", folder]),
  );
  assert.is(result, 0, stderr);
  return stdout;
}

function create(
  folder: string,
  database: string,
  ...words: string[]
): Promise<string> {
  const answers = `--yes --database ${database} --parts none --example none`;
  return run(folder, ...answers.split(" "), ...words);
}

const at = (folder: string, path: string): string =>
  readFileSync(join(folder, path), "utf8");

function stateOf(folder: string, id: string): unknown {
  const text = at(folder, `${layer}/.bento/record.json`);
  return valueAt(text, ["files", id, "state"]);
}

test("a README.md and tsconfig.json that were there before are never merged into", async () => {
  const own = {
    "README.md": "# Mine\n",
    "tsconfig.json": '{ "compilerOptions": { "strict": true } }\n',
  };
  await withFolder(async (folder) => {
    writeTree(folder, own);
    await create(folder, "sqlite", "--module", "esm");
    for (const path of Object.keys(own)) {
      assert.is(stateOf(folder, path), "detached");
    }
    await run(
      folder,
      "upgrade",
      "--database",
      "sqlite,postgres",
      "--module",
      "cjs",
    );
    await run(folder, "add", "migrations");
    for (const [path, text] of Object.entries(own)) {
      assert.is(at(folder, path), text);
    }
  });
});

for (const { manager, file, own, allowed } of [
  {
    manager: "npm",
    file: "package.json",
    own: '{ "name": "shop" }\n',
    allowed: /"allowScripts": \{[^}]*"sqlite3": true/,
  },
  {
    manager: "yarn",
    file: "package.json",
    own: '{ "name": "shop" }\n',
    allowed: /"dependenciesMeta": \{[^}]*"sqlite3": \{\s*"built": true/,
  },
  {
    manager: "bun",
    file: "package.json",
    own: '{ "name": "shop" }\n',
    allowed: /"trustedDependencies": \[[^\]]*"sqlite3"/,
  },
  {
    manager: "pnpm",
    file: "pnpm-workspace.yaml",
    own: "# mine\r\nallowBuilds:\r\n  sharp: false\r\n",
    allowed:
      /^# mine\r\nallowBuilds:\r\n {2}sharp: false\r\n(.*\r\n)* {2}sqlite3: true\r\n/,
  },
]) {
  test(`SQLite added later under ${manager}: its install script is allowed where ${manager} looks`, async () => {
    await withFolder(async (folder) => {
      const manifest = '{ "name": "shop" }\n';
      writeTree(folder, { "package.json": manifest, [file]: own });
      await create(folder, "postgres", "--package-manager", manager);
      assert.not.match(at(folder, file), /sqlite3/);
      const before = readTree(folder);
      const diff = await run(folder, "add", "sqlite", "--diff", "--dry-run");
      assert.match(diff, new RegExp(`\\+\\+\\+ b/${file}\\n[^]*\\+.*sqlite3`));
      assert.equal(readTree(folder), before);
      assert.match(await run(folder, "add", "sqlite"), new RegExp(file));
      assert.match(at(folder, file), allowed);
      const after = readTree(folder);
      await run(folder, "upgrade");
      assert.equal(readTree(folder), after);
    });
  });

  test(`SQLite added later in a workspace of ${manager}: its root allows the install script, and undo takes it back`, async () => {
    await withFolder(async (folder) => {
      const app = join(folder, "apps/shop");
      const list = { "pnpm-workspace.yaml": "packages:\n  - apps/*\n" };
      writeTree(folder, {
        "package.json": '{ "name": "all", "workspaces": ["apps/*"] }\n',
        ...(manager === "pnpm" ? list : {}),
        "apps/shop/package.json": '{ "name": "shop" }\n',
      });
      await create(app, "postgres", "--package-manager", manager);
      const before = readTree(folder);
      const words = ["upgrade", "--database", "sqlite,postgres"];
      const report = await run(app, ...words);
      assert.ok(report.includes(`${join(folder, file)} now allows`), report);
      assert.match(at(folder, file), /sqlite3/);
      assert.not.match(at(app, "package.json"), /allowScripts|built|trusted/);
      assert.not.ok(existsSync(join(app, "pnpm-workspace.yaml")));
      await run(app, "undo");
      assert.equal(readTree(folder), before);
    });
  });
}

test("a package of a workspace that changes to pnpm gets its permissions at the root, not in itself", async () => {
  await withFolder(async (folder) => {
    const app = join(folder, "apps/shop");
    writeTree(folder, {
      "package.json": '{ "name": "all", "workspaces": ["apps/*"] }\n',
      "apps/shop/package.json": '{ "name": "shop" }\n',
    });
    await create(app, "sqlite", "--package-manager", "npm");
    const before = readTree(folder);
    await run(app, "upgrade", "--package-manager", "pnpm");
    assert.not.ok(existsSync(join(app, "pnpm-workspace.yaml")));
    assert.match(at(folder, "pnpm-workspace.yaml"), /sqlite3: true/);
    await run(app, "undo");
    assert.equal(readTree(folder), before);
  });
});

test("undo asks to install only where packages change", async () => {
  await withFolder(async (folder) => {
    const app = join(folder, "apps/shop");
    writeTree(app, { "package.json": '{ "name": "shop" }\n' });
    await create(app, "sqlite", "--test-runner", "node");
    await run(app, "add", "migrations");
    assert.match(await run(app, "undo"), /install again/);
    edit(app, "package.json", (text) =>
      text.replace(/(?<="devDependencies": \{)/, '\n"uvu": "^0.5.6",'),
    );
    await run(app, "upgrade", "--test-runner", "uvu");
    assert.not.match(await run(app, "undo"), /install again/);
  });
});

test("a permission that the user refused stays refused, and one taken out is not asked for again", async () => {
  await withFolder(async (folder) => {
    const file = "pnpm-workspace.yaml";
    const own = "allowBuilds:\n  esbuild: true\n  sqlite3: false\n";
    writeTree(folder, { "package.json": "{}\n", [file]: own });
    await create(folder, "postgres", "--package-manager", "pnpm");
    await run(folder, "add", "sqlite");
    assert.is(at(folder, file), own);
    writeTree(folder, { [file]: "# none\n" });
    await run(folder, "add", "migrations");
    assert.is(at(folder, file), "# none\n");
  });
});

test.run();
