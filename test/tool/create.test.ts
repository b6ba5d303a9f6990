import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../../src/main.ts";
import { git, withProject } from "../support/fixtures.ts";
import { type Captured, captureOutput } from "../support/output.ts";
import {
  readFiles,
  readTree,
  type Tree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const small =
  "--yes --no-install --database sqlite --parts none --example none".split(" ");

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function create(
  folder: string,
  ...words: readonly string[]
): Promise<Captured<number>> {
  return captureOutput(() => main([...words, "--cwd", folder]));
}

interface Report {
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly action: string }[];
  readonly reproduce: string;
  readonly next: readonly string[];
  readonly notes: readonly string[];
}

async function createJson(
  folder: string,
  ...words: readonly string[]
): Promise<Report> {
  const run = await create(folder, ...words, "--json");
  assert.is(run.result, 0, run.stdout);
  return JSON.parse(run.stdout) as Report;
}

test("new directory – a complete project, the record, and a report to go on with", async () => {
  await withFolder(async (folder) => {
    const run = await create(folder, "my-app", "--yes", "--no-install");
    assert.is(run.result, 0, run.stderr);
    const files = Object.keys(readFiles(join(folder, "my-app")));
    for (const path of [
      "package.json",
      "tsconfig.json",
      ".gitignore",
      ".env.example",
      "README.md",
      "src/server.ts",
      "infrastructure/database/index.ts",
      "infrastructure/database/.bento/record.json",
    ]) {
      assert.ok(files.includes(path), path);
    }
    assert.equal(
      Object.keys(readTree(folder)).filter((p) => p.includes("bento-txn")),
      [],
    );
    for (const line of [
      "cd my-app",
      "npm install",
      "npm run db:migrate",
      "npm test",
      "npm start",
      "npx create-bento-db@",
    ]) {
      assert.ok(run.stdout.includes(line), line);
    }
    assert.not(run.stdout.includes("\u001b"));
    assert.is(run.stderr, "");
  });
});

test("new directory – the printed command gives the same bytes elsewhere", async () => {
  await withFolder(async (folder) => {
    const { reproduce } = await createJson(
      folder,
      "app",
      "--yes",
      "--no-install",
      ...["--without", "draining", "--example", "fastify", "--module", "cjs"],
      ...["--sqlite-driver", "better-sqlite3", "--name", "other-name"],
      ...["--package-manager", "pnpm", "--path", "db/layer"],
    );
    mkdirSync(join(folder, "elsewhere"));
    const words = reproduce.split(" ").slice(3);
    const run = await create(
      join(folder, "elsewhere"),
      ...words,
      "--no-install",
    );
    assert.is(run.result, 0, run.stderr);
    assert.equal(
      readFiles(join(folder, "elsewhere/app")),
      readFiles(join(folder, "app")),
    );
  });
});

test("words instead of flags – npm takes flags for itself", async () => {
  await withFolder(async (folder) => {
    const words = "app sqlite parts=none example=none cjs yes --no-install";
    const run = await create(folder, ...words.split(" "));
    assert.is(run.result, 0, run.stderr);
    const flags = await create(folder, "flags", ...small, "--module", "cjs");
    assert.is(flags.result, 0);
    const layer = "infrastructure/database/index.ts";
    assert.is(
      readFileSync(join(folder, "app", layer), "utf8"),
      readFileSync(join(folder, "flags", layer), "utf8"),
    );
  });
});

test("a second run – the same answers are fine, others are refused, nothing is written", async () => {
  await withFolder(async (folder) => {
    await create(folder, "app", ...small);
    const before = readTree(folder);
    const same = await create(folder, "app", ...small);
    assert.is(same.result, 0);
    assert.match(same.stdout, /A database layer of version .* is in/);
    const open = await create(folder, "app");
    assert.is(open.result, 0);
    const other = await create(folder, "app", "--database", "postgres");
    assert.is(other.result, 1);
    assert.match(other.stderr, /--database/);
    assert.match(other.stderr, /create-bento-db add or remove/);
    assert.equal(readTree(folder), before);
  });
});

test("--dry-run and --diff – show everything and write nothing", async () => {
  await withFolder(async (folder) => {
    const dry = await create(folder, "app", ...small, "--dry-run");
    assert.is(dry.result, 0);
    assert.match(dry.stdout, /Would create/);
    const { files } = await createJson(folder, "app", ...small, "--dry-run");
    assert.ok(files.length > 20);
    assert.equal(readTree(folder), {});
  });
  const tree = { "package.json": json({ name: "x", scripts: { a: "b" } }) };
  await withProject(tree, async (folder) => {
    const diff = await create(folder, ...small, "--diff");
    assert.is(git(folder, "status", "--porcelain"), "");
    writeTree(folder, { "node_modules/../change.patch": diff.stdout });
    git(folder, "apply", "change.patch");
    const patched = readFileSync(join(folder, "package.json"), "utf8");
    git(folder, "checkout", "--quiet", ".");
    git(folder, "clean", "--quiet", "-d", "--force");
    const run = await create(folder, ...small);
    assert.is(run.result, 0, run.stderr);
    assert.is(readFileSync(join(folder, "package.json"), "utf8"), patched);
  });
});

test("files in the way – all are named with the ways on, nothing is written, exit code 3", async () => {
  await withFolder(async (folder) => {
    const tree: Tree = {
      "package.json": json({ name: "x" }),
      "infrastructure/database/index.ts": "mine\n",
      "src/server.ts": "mine too\n",
    };
    writeTree(folder, tree);
    const before = readTree(folder);
    const run = await create(
      folder,
      "--yes",
      "--no-install",
      "--example",
      "http",
    );
    assert.is(run.result, 3);
    assert.match(run.stderr, /infrastructure\/database\/index\.ts/);
    assert.match(run.stderr, /src\/server\.ts/);
    assert.match(run.stderr, /--path.*--example none/);
    assert.equal(readTree(folder), before);
    const other = await create(folder, ...small, "--path", "db");
    assert.is(other.result, 0, other.stderr);
    assert.is(readFiles(folder)["src/server.ts"], "mine too\n");
  });
});

test("files in the way – the same bytes are no conflict, whatever their line endings", async () => {
  await withFolder(async (folder) => {
    await create(folder, "first", ...small);
    const files = readFiles(join(folder, "first"));
    const index = files["infrastructure/database/index.ts"] ?? "";
    writeTree(join(folder, "second"), {
      "infrastructure/database/index.ts": index.replaceAll("\n", "\r\n"),
      "infrastructure/database/errors.ts":
        files["infrastructure/database/errors.ts"] ?? "",
    });
    const report = await createJson(folder, "second", ...small);
    const same = report.files.filter(({ action }) => action === "same");
    assert.equal(
      same.map(({ path }) => path.replace("infrastructure/database/", "")),
      ["errors.ts", "index.ts"],
    );
  });
});

test("links and folders in the way – refused, nothing is written", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, {
      "a/package.json": json({ name: "x" }),
      "outside/keep.txt": "",
      "b/package.json": json({ name: "x" }),
      "b/infrastructure/database/index.ts/file": "",
    });
    symlinkSync(join(folder, "outside"), join(folder, "a/infrastructure"));
    const before = readTree(folder);
    for (const [app, pattern] of [
      ["a", /infrastructure is a link/],
      ["b", /a folder is in its place/],
    ] as const) {
      for (const extra of [[], ["--dry-run"]]) {
        const run = await create(folder, app, ...small, ...extra);
        assert.is(run.result, 1, app);
        assert.match(run.stderr, pattern);
      }
    }
    assert.equal(readTree(folder), before);
  });
});

test("plain folder – README, .gitignore and .env.example of its own are kept and completed", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, {
      "README.md": "# Mine\n",
      ".gitignore": "node_modules/\nsecret\n",
      ".env.example": "PORT=1\r\n",
      "notes.txt": "keep\n",
    });
    const report = await createJson(folder, ...small);
    const files = readFiles(folder);
    assert.is(files["README.md"], "# Mine\n");
    assert.is(files["notes.txt"], "keep\n");
    assert.match(files[".gitignore"] ?? "", /^node_modules\/\nsecret\n\n/);
    assert.match(files[".env.example"] ?? "", /^PORT=1\r\n\r\n[^]*DB_URL=/);
    assert.match(report.notes.join(), /Your README\.md stays/);
    assert.ok(files["package.json"]);
  });
});

test("existing project – git diff of package.json shows only added lines; test gets a second name", async () => {
  const text =
    '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"test": "jest",\r\n\t\t"build": "tsc"\r\n\t},\r\n\t"dependencies": {\r\n\t\t"a": "1",\r\n\t\t"zod": "3"\r\n\t}\r\n}';
  await withProject({ "package.json": text }, async (folder) => {
    const report = await createJson(folder, ...small);
    const diff = git(folder, "diff", "--unified=0", "package.json");
    const removed = diff
      .split("\n")
      .filter((line) => /^-[^-]/.test(line))
      .map((line) => line.slice(1).replace(/\r$/, ""));
    const now = readFileSync(join(folder, "package.json"), "utf8");
    for (const line of removed) assert.ok(now.includes(`${line},\r\n`), line);
    const { scripts } = JSON.parse(now) as { scripts: Record<string, string> };
    assert.is(scripts.test, "jest");
    assert.ok(scripts["test:database"]);
    assert.match(report.notes.join(), /Your script "test" stays/);
    assert.ok(report.next.includes("npm run test:database"));
    const untouched = git(folder, "diff", "--name-only").trim().split("\n");
    assert.equal(untouched, ["package.json"]);
  });
});

test("pnpm workspace – the permission goes to the root and is told, no second workspace file", async () => {
  const tree = {
    "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
    "package.json": json({ name: "root", private: true }),
    "packages/api/package.json": json({ name: "api", type: "module" }),
  };
  await withProject(tree, async (folder) => {
    const report = await createJson(join(folder, "packages/api"), ...small);
    const files = readFiles(folder);
    assert.match(
      files["pnpm-workspace.yaml"] ?? "",
      /^packages:\n {2}- packages\/\*\n\nallowBuilds:\n(?: {2}\w+: true\n)* {2}sqlite3: true\n/,
    );
    assert.not(files["packages/api/pnpm-workspace.yaml"]);
    assert.is(files["package.json"], tree["package.json"]);
    assert.match(report.notes.join(), /pnpm-workspace\.yaml is outside/);
    assert.ok(files["packages/api/infrastructure/database/index.ts"]);
    assert.ok(!existsSync(join(folder, ".bento-txn")));
    const fresh = await createJson(folder, "packages/db", ...small);
    assert.not(readFiles(folder)["packages/db/pnpm-workspace.yaml"]);
    assert.ok(fresh.next.includes("pnpm install"));
  });
});

test("npm workspace – the permission goes to the root, and uvu is found there", async () => {
  const tree = {
    "package.json": json({ name: "root", workspaces: ["packages/*"] }),
    "packages/api/package.json": json({ name: "api", type: "module" }),
  };
  await withProject(tree, async (folder) => {
    await createJson(join(folder, "packages/api"), ...small);
    const files = readFiles(folder);
    const root = JSON.parse(files["package.json"] ?? "") as {
      allowScripts: unknown;
    };
    assert.ok(root.allowScripts);
    assert.match(
      files["packages/api/package.json"] ?? "",
      /node_modules\/uvu\/bin\.js/,
    );
  });
});

test("without SQLite – no driver, no permission for it", async () => {
  for (const manager of ["npm", "pnpm", "yarn", "bun"]) {
    await withFolder(async (folder) => {
      const words = "app --yes --no-install --database postgres".split(" ");
      await createJson(folder, ...words, "--package-manager", manager);
      const text = Object.values(readFiles(join(folder, "app"))).join("\n");
      const files = readFiles(join(folder, "app"));
      assert.not.match(files["package.json"] ?? text, /sqlite/);
      assert.not.match(files["pnpm-workspace.yaml"] ?? "", /sqlite/);
    });
  }
});

test("formatter – files come in the project's Prettier style, the record keeps them pristine", async () => {
  const tree = {
    "package.json": json({
      name: "x",
      type: "module",
      devDependencies: { prettier: "*" },
    }),
    ".prettierrc": json({ singleQuote: true, semi: false, useTabs: true }),
  };
  await withProject(tree, async (folder) => {
    const run = await create(folder, ...small);
    assert.is(run.result, 0, run.stderr);
    const index = readFiles(folder)["infrastructure/database/errors.ts"] ?? "";
    assert.match(index, /\n\t/);
    assert.not.match(index, /;\n/);
  });
});

test("home folder – is not taken for a project", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, { "notes.txt": "" });
    const home = process.env.HOME;
    process.env.HOME = folder;
    try {
      const run = await create(folder, ...small);
      assert.is(run.result, 2);
      assert.match(run.stderr, /Expected a project's folder/);
    } finally {
      process.env.HOME = home;
    }
  });
});

test("names – a folder's name that is no package name gives a valid one", async () => {
  await withFolder(async (folder) => {
    await createJson(folder, "Bad Name!!", ...small);
    const text = readFiles(join(folder, "Bad Name!!"))["package.json"] ?? "";
    assert.match(text, /"name": "bad-name"/);
  });
});

test("new model and new migration – written into the layer, all or nothing", async () => {
  await withFolder(async (folder) => {
    await create(folder, "app", "--yes", "--no-install", "--example", "none");
    const app = join(folder, "app");
    const model = await create(app, "new", "model", "Book", "title:string");
    assert.is(model.result, 0, model.stderr);
    const files = readFiles(app);
    assert.ok(files["infrastructure/database/models/book.ts"]);
    assert.match(
      files["infrastructure/database/models/index.ts"] ?? "",
      /initBook/,
    );
    const before = readTree(app);
    const again = await create(app, "new", "model", "Book", "title:string");
    assert.ok(again.result !== 0);
    const wrong = await create(app, "new", "model", "Page", "title:strin");
    assert.is(wrong.result, 2);
    assert.match(wrong.stderr, /did you mean string/);
    const dry = await create(app, "new", "migration", "add-x", "--dry-run");
    assert.match(dry.stdout, /Would write:\n {2}.*-add-x\.ts/);
    const evil = await create(app, "new", "migration", "../../evil");
    assert.is(evil.result, 2, evil.stderr);
    assert.equal(readTree(app), before);
    const inside = join(app, "infrastructure/database/models");
    const below = await create(inside, "new", "migration", "add-x");
    assert.is(below.result, 0, below.stderr);
  });
});

test.run();
