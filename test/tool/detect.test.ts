import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ToolError } from "../../src/errors.ts";
import { findLayer } from "../../src/project/find-record.ts";
import { detectPackageManager } from "../../src/project/package-manager.ts";
import { detectProject, type Project } from "../../src/project/project.ts";
import { type Tree, withFolder, writeTree } from "../support/trees.ts";

const repository = join(import.meta.dirname, "../..");

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Detects in a repository with these files; `at` is a folder below its root. */
async function detect(tree: Tree, at = "."): Promise<Project> {
  return withFolder(async (folder) => {
    mkdirSync(join(folder, ".git"));
    writeTree(folder, tree);
    return detectProject(join(folder, at), {});
  });
}

test("package manager – the field, the lock file, the folder above, the caller, npm", async () => {
  const cases: readonly (readonly [
    Tree,
    string,
    string | undefined,
    string,
  ])[] = [
    [{}, ".", undefined, "npm"],
    [{}, ".", "pnpm/12.0.0 npm/? node/v24", "pnpm"],
    [{}, ".", "unknown/1 node/v24", "npm"],
    [{ "yarn.lock": "" }, ".", "pnpm/12.0.0", "yarn"],
    [{ "bun.lock": "" }, ".", undefined, "bun"],
    [{ "package-lock.json": "", "yarn.lock": "" }, ".", "npm/11", "npm"],
    [{ "pnpm-lock.yaml": "", "a/package.json": "{}" }, "a", undefined, "pnpm"],
    [{ "pnpm-lock.yaml": "", "a/yarn.lock": "" }, "a", undefined, "yarn"],
    [
      {
        "package.json": json({ packageManager: "yarn@4.1.0" }),
        "package-lock.json": "",
      },
      ".",
      "npm/11",
      "yarn",
    ],
    [
      {
        "package.json": json({
          devEngines: { packageManager: { name: "pnpm" } },
        }),
      },
      ".",
      undefined,
      "pnpm",
    ],
    [
      { "package.json": json({ packageManager: "cnpm@1" }) },
      ".",
      "bun/1",
      "bun",
    ],
    [{ "package.json": "{ broken" }, ".", "bun/1", "bun"],
  ];
  for (const [tree, at, agent, expected] of cases) {
    await withFolder((folder) => {
      mkdirSync(join(folder, ".git"));
      writeTree(folder, tree);
      const { name } = detectPackageManager(join(folder, at), agent);
      assert.is(name, expected, JSON.stringify(tree));
    });
  }
});

test("kind – new, existing, and what counts as empty", async () => {
  assert.is((await detect({})).kind, "new");
  assert.ok((await detect({})).empty);
  assert.not((await detect({ "notes.txt": "" })).empty);
  assert.is((await detect({ "package.json": "{}" })).kind, "existing");
  const absent = await detect({}, "absent/deeper");
  assert.not(absent.exists);
});

test("package.json – broken files are named", async () => {
  for (const text of ["{", "[]", "null", "1"]) {
    try {
      await detect({ "package.json": text });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ToolError);
      assert.is((error as ToolError).code, "invalid-package-json", text);
    }
  }
  const marked = await detect({ "package.json": '\uFEFF{ "name": "x" }' });
  assert.is(marked.kind, "existing");
});

interface LayoutCase {
  readonly name: string;
  readonly tsconfig?: object;
  readonly type?: string;
  readonly path: string;
  readonly module: string;
  readonly extension: string;
}

const layoutCases: readonly LayoutCase[] = [
  { name: "no tsconfig", path: "", module: "cjs", extension: "" },
  {
    name: "no tsconfig, ESM",
    type: "module",
    path: "",
    module: "esm",
    extension: ".js",
  },
  {
    name: "rootDir src",
    tsconfig: { compilerOptions: { rootDir: "./src", module: "commonjs" } },
    path: "src/",
    module: "cjs",
    extension: "",
  },
  {
    name: "include src",
    tsconfig: { include: ["src/**/*.ts", "test"] },
    path: "src/",
    module: "cjs",
    extension: "",
  },
  {
    name: "include everything",
    tsconfig: { include: ["**/*"] },
    path: "",
    module: "cjs",
    extension: "",
  },
  {
    name: "NestJS: outDir and no rootDir",
    tsconfig: { compilerOptions: { outDir: "./dist", module: "commonjs" } },
    path: "src/",
    module: "cjs",
    extension: "",
  },
  {
    name: "noEmit",
    tsconfig: { compilerOptions: { outDir: "dist", noEmit: true } },
    path: "",
    module: "cjs",
    extension: "",
  },
  {
    name: "NodeNext ESM",
    type: "module",
    tsconfig: { compilerOptions: { module: "NodeNext", rootDir: "src" } },
    path: "src/",
    module: "esm",
    extension: ".js",
  },
  {
    name: "bundler",
    type: "module",
    tsconfig: {
      compilerOptions: { module: "esnext", moduleResolution: "Bundler" },
    },
    path: "",
    module: "esm",
    extension: "",
  },
  {
    name: "TypeScript endings",
    type: "module",
    tsconfig: {
      compilerOptions: {
        module: "nodenext",
        rewriteRelativeImportExtensions: true,
      },
    },
    path: "",
    module: "esm",
    extension: ".ts",
  },
  {
    name: "extends",
    type: "module",
    tsconfig: { extends: "./base.json", compilerOptions: { strict: true } },
    path: "src/",
    module: "esm",
    extension: "",
  },
  {
    name: "extends itself",
    tsconfig: { extends: "./tsconfig.json" },
    path: "",
    module: "cjs",
    extension: "",
  },
];

test("layout – path, module system and import endings follow tsconfig.json and package.json", async () => {
  for (const { name, tsconfig, type, path, module, extension } of layoutCases) {
    const { details } = await detect({
      "package.json": json(type === undefined ? {} : { type }),
      "src/index.ts": "",
      "base.json":
        '{ // comment\n "compilerOptions": { "rootDir": "src", "module": "preserve", }, }',
      ...(tsconfig === undefined ? {} : { "tsconfig.json": json(tsconfig) }),
    });
    assert.is(details?.layerPath, `${path}infrastructure/database`, name);
    assert.is(details?.module, module, name);
    assert.is(details?.importExtension, extension, name);
  }
});

test("packages – frameworks, formatter, test runner and TypeScript", async () => {
  const { details } = await detect({
    "package.json": json({
      dependencies: { "@nestjs/core": "^11", express: "^5" },
      devDependencies: { prettier: "^3", typescript: "^5.9.0", vitest: "^4" },
    }),
  });
  assert.equal(details?.frameworks, ["NestJS", "Express"]);
  assert.is(details?.formatter?.name, "prettier");
  assert.is(details?.formatter?.folder, undefined);
  assert.is(details?.typescript, "^5.9.0");
  assert.is(details?.testRunner, "vitest");
  const node = await detect({
    "package.json": json({ scripts: { test: "node --import tsx --test" } }),
  });
  assert.is(node.details?.testRunner, "node");
});

test("packages – the installed version counts, and a workspace's formatter", async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, ".git"));
    writeTree(folder, {
      "package.json": json({ devDependencies: { "@biomejs/biome": "2" } }),
      "packages/a/package.json": json({}),
    });
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    const { details } = await detectProject(join(folder, "packages/a"), {});
    assert.match(details?.typescript ?? "", /^\d+\.\d+\.\d+/);
    assert.is(details?.formatter?.name, "biome");
  });
});

test("workspace – found by the patterns of pnpm, npm and yarn, and only when they match", async () => {
  const cases: readonly (readonly [Tree, boolean])[] = [
    [{ "pnpm-workspace.yaml": "packages:\n  - packages/*\n" }, true],
    [{ "pnpm-workspace.yaml": 'packages: ["packages/**"]\n' }, true],
    [
      {
        "pnpm-workspace.yaml":
          "packages:\n  - 'packages/*'\n  - '!packages/a'\n",
      },
      false,
    ],
    [{ "pnpm-workspace.yaml": "packages:\n  # none\n  - apps/*\n" }, false],
    [{ "package.json": json({ workspaces: ["packages/*"] }) }, true],
    [
      { "package.json": json({ workspaces: { packages: ["./packages/a/"] } }) },
      true,
    ],
    [{ "package.json": json({ workspaces: ["apps/*"] }) }, false],
    [{ "package.json": "{}" }, false],
  ];
  for (const [tree, expected] of cases) {
    const project = await detect(
      { ...tree, "packages/a/package.json": "{}" },
      "packages/a",
    );
    assert.is(
      project.workspaceRoot !== undefined,
      expected,
      JSON.stringify(tree),
    );
  }
});

test("record – found where it usually is, where it was moved to, and not in another package", async () => {
  const record = ".bento/record.json";
  const cases: readonly (readonly [Tree, string | undefined])[] = [
    [{}, undefined],
    [{ [`infrastructure/database/${record}`]: "" }, "infrastructure/database"],
    [{ [`src/moved/db/${record}`]: "" }, "src/moved/db"],
    [{ [`node_modules/x/${record}`]: "" }, undefined],
    [
      { "packages/a/package.json": "{}", [`packages/a/db/${record}`]: "" },
      undefined,
    ],
  ];
  for (const [tree, expected] of cases) {
    await withFolder((folder) => {
      writeTree(folder, tree);
      assert.is(findLayer(folder), expected, JSON.stringify(tree));
    });
  }
});

test.run();
