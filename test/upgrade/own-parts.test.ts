/** What was in package.json and the like before the layer came stays when the layer needs it no longer. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { setValue, valueAt } from "../../src/project/json-text.ts";
import { requirementsOf } from "../../src/requirements.ts";
import { captureOutput } from "../support/output.ts";
import { releases, releaseTree } from "../support/releases.ts";
import { edit, readTree, withFolder, writeTree } from "../support/trees.ts";
import { answersOf } from "../support/upgrades.ts";

const layer = "infrastructure/database";
const all = requirementsOf(answersOf({ parts: ["migrations"] })).dependencies;
const umzug = all.umzug ?? "";

async function run(folder: string, ...words: string[]): Promise<string> {
  const { result, stdout, stderr } = await captureOutput(() =>
    main([...words, "--no-install", "--cwd", folder]),
  );
  assert.is(result, 0, stderr);
  return stdout;
}

const create = (folder: string, ...words: string[]): Promise<string> =>
  run(folder, "--yes", ...words);

const at = (folder: string, path: string): string =>
  readFileSync(join(folder, path), "utf8");

const inPackage = (folder: string, ...keys: string[]): unknown =>
  valueAt(at(folder, "package.json"), keys);

/** A project that had umzug already, in the version that the layer asks for. */
async function withUmzug(
  parts: string,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const manifest = { name: "shop", devDependencies: { umzug } };
    writeTree(folder, { "package.json": JSON.stringify(manifest) });
    await create(folder, "--database", "sqlite", "--parts", parts);
    await work(folder);
  });
}

test("create, then remove – a package from before stays and is named, the layer's own go", async () => {
  await withUmzug("migrations", async (folder) => {
    const report = await run(folder, "remove", "migrations");
    assert.match(report, /umzug stays in package\.json/);
    assert.is(inPackage(folder, "devDependencies", "umzug"), umzug);
    assert.is(inPackage(folder, "scripts", "db:migrate"), undefined);
  });
  await withFolder(async (folder) => {
    writeTree(folder, { "package.json": "{}" });
    await create(folder, "--database", "sqlite", "--parts", "migrations");
    const report = await run(folder, "remove", "migrations");
    assert.not.match(report, /umzug stays/);
    assert.not.match(at(folder, "package.json"), /umzug/);
  });
});

test("create, upgrade, then remove – the upgrade does not forget whose the package is", async () => {
  await withUmzug("migrations", async (folder) => {
    await run(folder, "upgrade", "--database", "sqlite,postgres");
    await run(folder, "add", "sessions");
    await run(folder, "remove", "migrations,postgres");
    assert.is(inPackage(folder, "devDependencies", "umzug"), umzug);
    assert.not.match(at(folder, "package.json"), /"pg"/);
  });
});

test("add, then remove – a package that was there before the part stays", async () => {
  await withUmzug("none", async (folder) => {
    await run(folder, "add", "migrations");
    await run(folder, "remove", "migrations");
    assert.is(inPackage(folder, "devDependencies", "umzug"), umzug);
    assert.is(inPackage(folder, "scripts", "db:migrate"), undefined);
  });
});

test("adopt, then remove – nothing tells whose the packages are, so they stay; the layer's scripts go", async () => {
  await withUmzug("migrations", async (folder) => {
    rmSync(join(folder, layer, ".bento"), { recursive: true });
    await run(folder, "adopt");
    const report = await run(folder, "remove", "migrations");
    assert.match(report, /umzug stays in package\.json/);
    assert.is(inPackage(folder, "devDependencies", "umzug"), umzug);
    assert.is(inPackage(folder, "scripts", "db:migrate"), undefined);
  });
});

test("remove, undo, remove – the record knows again whose the package is", async () => {
  await withUmzug("migrations", async (folder) => {
    const before = readTree(folder);
    await run(folder, "remove", "migrations");
    const after = at(folder, "package.json");
    await run(folder, "undo");
    assert.equal(readTree(folder), before);
    await run(folder, "remove", "migrations");
    assert.is(at(folder, "package.json"), after);
  });
});

test("a package from before that the user took out since stays out, and comes as the layer's when the part comes again", async () => {
  await withUmzug("migrations", async (folder) => {
    edit(folder, "package.json", (text) =>
      setValue(text, ["devDependencies", "umzug"], undefined),
    );
    await run(folder, "upgrade", "--database", "sqlite,postgres");
    assert.not.match(at(folder, "package.json"), /umzug/);
    await run(folder, "remove", "migrations");
    await run(folder, "add", "migrations");
    assert.is(inPackage(folder, "dependencies", "umzug"), umzug);
    await run(folder, "remove", "migrations");
    assert.not.match(at(folder, "package.json"), /umzug/);
  });
});

test("a script from before stays, and the layer's under its second name goes", async () => {
  await withFolder(async (folder) => {
    const start = "node server.js";
    const typecheck = "tsc --noEmit";
    writeTree(folder, {
      "package.json": JSON.stringify({ scripts: { start, typecheck } }),
    });
    await create(folder, "--database", "sqlite", "--example", "http");
    assert.type(inPackage(folder, "scripts", "start:database"), "string");
    await run(folder, "remove", "example");
    const scripts = inPackage(folder, "scripts") as Record<string, string>;
    assert.is(scripts.start, start);
    assert.is(scripts.typecheck, typecheck);
    assert.is(scripts["start:database"], undefined);
  });
});

for (const { manager, own } of [
  { manager: "npm", own: { allowScripts: { sqlite3: true } } },
  { manager: "yarn", own: { dependenciesMeta: { sqlite3: { built: true } } } },
  { manager: "bun", own: { trustedDependencies: ["sharp", "sqlite3"] } },
]) {
  test(`under ${manager} a permission from before stays`, async () => {
    await withFolder(async (folder) => {
      writeTree(folder, { "package.json": JSON.stringify(own) });
      const databases = ["--database", "sqlite,postgres"];
      await create(folder, ...databases, "--package-manager", manager);
      assert.match(at(folder, "package.json"), /esbuild/);
      await run(folder, "remove", "sqlite");
      const [key = ""] = Object.keys(own);
      const kept = JSON.stringify(inPackage(folder, key));
      assert.match(kept, /sqlite3/);
      assert.match(kept, /esbuild/);
      assert.not.match(
        JSON.stringify(inPackage(folder, "dependencies")),
        /sqlite3/,
      );
    });
  });
}

test(".env.example – a setting from before stays when its database goes, and is not doubled", async () => {
  await withFolder(async (folder) => {
    const own =
      "PORT=3000\n# DB_SSL_MODE=verify-full\nDB_URL=sqlite:///mine.db\n";
    writeTree(folder, { "package.json": "{}", ".env.example": own });
    await create(folder, "--database", "sqlite,postgres");
    await run(folder, "remove", "postgres");
    const text = at(folder, ".env.example");
    assert.ok(text.startsWith(own), text);
    assert.not.match(text, /postgresql:|DB_POOLER|DB_SSL_CA/);
    await run(folder, "add", "postgres");
    const names = [...at(folder, ".env.example").matchAll(/^#? ?(DB_\w+)=/gm)];
    assert.is(names.length, new Set(names.map(([, name]) => name)).size);
  });
});

test("pnpm-workspace.yaml – the user's lists and permissions stay when another package manager is chosen", async () => {
  await withFolder(async (folder) => {
    const words =
      "--yes --database sqlite --example none --package-manager pnpm";
    const app = join(folder, "app");
    await run(folder, "app", ...words.split(" "));
    const file = "pnpm-workspace.yaml";
    edit(app, file, (yaml) => `packages:\n  - apps/*\n${yaml}  sharp: true\n`);
    await run(app, "upgrade", "--package-manager", "npm");
    assert.is(
      at(app, file),
      "packages:\n  - apps/*\nallowBuilds:\n  sharp: true\n",
    );
    await run(app, "upgrade", "--package-manager", "pnpm");
    assert.match(at(app, file), /sharp: true\n {2}esbuild: true/);
    writeTree(app, {
      [file]: "allowBuilds:\n  esbuild: true\n  sqlite3: true\n",
    });
    await run(app, "upgrade", "--package-manager", "npm");
    assert.not.ok(existsSync(join(app, file)));
  });
});

for (const version of releases) {
  test(`a record of ${version}, which knows nothing of this, gives up what the layer asked for`, async () => {
    await withFolder(async (folder) => {
      writeTree(
        folder,
        releaseTree(version, answersOf({ parts: ["migrations"] })),
      );
      await run(folder, "remove", "migrations");
      assert.not.match(at(folder, "package.json"), /umzug|db:migrate/);
      await run(folder, "add", "migrations");
      assert.is(inPackage(folder, "dependencies", "umzug"), umzug);
    });
  });
}

test.run();
