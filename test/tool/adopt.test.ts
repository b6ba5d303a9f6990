import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { planAdoption } from "../../src/adopt.ts";
import type { Answers } from "../../src/answers.ts";
import { detectProject } from "../../src/project/project.ts";
import { loadTemplates } from "../../src/templates.ts";
import { toolVersion } from "../../src/version.ts";
import {
  currentTree,
  releaseRecord,
  releases,
  releaseTree,
} from "../support/releases.ts";
import { runHere } from "../support/run-here.ts";
import {
  edit,
  readTree,
  type Tree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const layer = "infrastructure/database";
const json = `${layer}/.bento/record.json`;
const base = `${layer}/.bento/base.txt`;
const [oldest = "", second = ""] = releases;
const current = await currentTree();

/** Lends a project whose record is gone. */
async function withLost(
  tree: Tree,
  work: (folder: string) => Promise<void>,
  path = layer,
): Promise<void> {
  await withFolder(async (folder) => {
    writeTree(folder, tree);
    rmSync(join(folder, path, ".bento"), { recursive: true });
    await work(folder);
  });
}

test("adopt – scenario 70: an untouched layer gets the very record that it had, and nothing else is written", async () => {
  await withLost(current, async (folder) => {
    const before = readTree(folder);
    const dry = await runHere(folder, "adopt", "--dry-run");
    assert.match(dry.stdout, /Would adopt/);
    assert.equal(readTree(folder), before);
    const run = await runHere(folder, "adopt");
    assert.is(run.code, 0, run.stderr);
    assert.match(run.stdout, /most like version/);
    assert.match(run.stdout, /databases\s+sqlite, postgres/);
    assert.is(readFileSync(join(folder, json), "utf8"), current[json]);
    assert.is(readFileSync(join(folder, base), "utf8"), current[base]);
    rmSync(join(folder, layer, ".bento"), { recursive: true });
    assert.equal(readTree(folder), before);
  });
});

test("adopt – finds version and answers of every release from what is there", async () => {
  const some: readonly Partial<Answers>[] = [
    {},
    { databases: ["postgres"], parts: ["sessions"], example: "none" },
    { databases: ["sqlite"], sqliteDriver: "node", testRunner: "vitest" },
    { module: "cjs", importExtension: "", parts: [], example: "express" },
    {
      project: "existing",
      example: "none",
      testRunner: "node",
      parts: ["migrations", "resilience"],
    },
  ];
  for (const version of releases) {
    for (const answers of some) {
      const tree = releaseTree(version, answers);
      await withLost(tree, async (folder) => {
        if (answers.project === "existing") {
          writeFileSync(
            join(folder, "package.json"),
            '{ "name": "my-app", "type": "module" }\n',
          );
        }
        const run = await runHere(folder, "adopt", "--json");
        const found = JSON.parse(run.stdout) as {
          version: string;
          answers: Answers;
        };
        const label = `${version} ${JSON.stringify(answers)}`;
        assert.is(found.version, version, label);
        assert.equal(found.answers, releaseRecord(version, answers).answers);
        assert.is(readFileSync(join(folder, base), "utf8"), tree[base], label);
      });
    }
  }
});

test("adopt – an old release at another place, with another name, endings and package manager", async () => {
  await withFolder(async (folder) => {
    const answers = { importExtension: ".js", path: "db" } as const;
    writeTree(folder, releaseTree(second, answers));
    rmSync(join(folder, "db/.bento"), { recursive: true });
    for (const path of ["db/README.md", "db/defaults.ts", "README.md"]) {
      edit(folder, path, (text) =>
        text.replaceAll("my-app", "shop").replaceAll("npm run", "pnpm run"),
      );
    }
    const allowed = "allowBuilds:\n  esbuild: true\n  sqlite3: true\n";
    writeFileSync(join(folder, "pnpm-workspace.yaml"), allowed);
    const run = await runHere(folder, "adopt", "--json");
    const found = JSON.parse(run.stdout) as {
      version: string;
      answers: Answers;
    };
    assert.is(found.version, second);
    assert.is(found.answers.path, "db");
    assert.is(found.answers.importExtension, ".js");
    assert.is(found.answers.packageManager, "pnpm");
    assert.is(found.answers.applicationName, "shop");
    const status = await runHere(folder, "status", "--json");
    const { files } = JSON.parse(status.stdout) as {
      files: { path: string; status: string }[];
    };
    const changed = files.filter((file) => file.status === "changed");
    assert.equal(
      changed.map(({ path }) => path).filter((path) => path.startsWith("db/")),
      [],
    );
  });
});

test("adopt – edits, deleted and moved files, another style and line endings are the user's", async () => {
  await withLost(releaseTree(oldest), async (folder) => {
    edit(
      folder,
      `${layer}/engine.ts`,
      (text) => `${text}\nexport const x = 1;\n`,
    );
    rmSync(join(folder, `${layer}/logger.ts`));
    mkdirSync(join(folder, "src/db"));
    renameSync(
      join(folder, `${layer}/pool/slot.ts`),
      join(folder, "src/db/place.ts"),
    );
    edit(folder, `${layer}/errors.ts`, (text) => text.replaceAll("\n", "\r\n"));
    const lanes = join(folder, `${layer}/pool/lanes.ts`);
    const styled = await prettier.format(readFileSync(lanes, "utf8"), {
      parser: "typescript",
      semi: false,
      singleQuote: true,
      useTabs: true,
      printWidth: 100,
    });
    writeFileSync(lanes, styled);
    const run = await runHere(folder, "adopt");
    assert.is(run.code, 0, run.stderr);
    assert.match(run.stdout, new RegExp(`version ${oldest}`));
    assert.match(run.stdout, /deleted by you:\n {2}\S+logger\.ts/);
    assert.match(run.stdout, /slot\.ts → src\/db\/place\.ts/);
    const own = await runHere(join(folder, layer), "diff", "engine.ts");
    assert.match(own.stdout, /^\+export const x = 1;$/m);
    const lines = own.stdout.split("\n").filter((line) => /^[+-]\w/.test(line));
    assert.equal(lines, ["+export const x = 1;"]);
  });
});

/** Files of the user's own where a new project has ours. */
const own: Tree = {
  "README.md": "# Shop\n\nHow to run the shop.\n",
  "tsconfig.json": '{ "files": ["shop.ts"] }\n',
  ".env.example": "SHOP_NAME=\nSHOP_PORT=80\n",
  [`${layer}/README.md`]: "Ask Ada about this folder.\n",
};

test("adopt – files of the user's own at the places of ours are never recorded as ours, and no upgrade touches them", async () => {
  const some = Object.fromEntries(
    Object.entries(own).filter(([path]) => path !== "tsconfig.json"),
  );
  // With both of them the project was there before the layer; with one it may have been made with it.
  for (const tree of [own, some]) {
    await withLost({ ...releaseTree(oldest), ...tree }, async (folder) => {
      const run = await runHere(folder, "adopt");
      assert.is(run.code, 0, run.stderr);
      const { files } = JSON.parse(
        readFileSync(join(folder, json), "utf8"),
      ) as { files: Record<string, { path: string; state: string }> };
      for (const path of Object.keys(tree)) {
        const found = Object.values(files).find((file) => file.path === path);
        assert.is.not(found?.state, "managed", path);
        const listed = `  ${path}\n`;
        assert.is(run.stdout.includes(listed), found !== undefined, path);
      }
      const upgraded = await runHere(folder, "upgrade", "--no-install");
      assert.is(upgraded.code, 0, upgraded.stdout + upgraded.stderr);
      for (const [path, text] of Object.entries(tree)) {
        assert.is(readFileSync(join(folder, path), "utf8"), text);
      }
    });
  }
});

test("adopt – an edit of ours stays ours: a rewritten half in the layer, a changed option, a changed value", async () => {
  const changes: Readonly<Record<string, (text: string) => string>> = {
    [`${layer}/engine.ts`]: (text) => {
      const lines = text.split("\n");
      return lines
        .map((line, at) => (at * 2 > lines.length ? `// mine ${at}` : line))
        .join("\n");
    },
    "tsconfig.json": (text) =>
      text.replace('"strict": true', '"strict": false, "allowJs": true'),
    ".env.example": (text) => `${text.replace("=", "=mine")}MINE=1\n`,
  };
  await withLost(current, async (folder) => {
    for (const [path, change] of Object.entries(changes)) {
      edit(folder, path, change);
      assert.is.not(readFileSync(join(folder, path), "utf8"), current[path]);
    }
    const run = await runHere(folder, "adopt", "--json");
    const { foreign } = JSON.parse(run.stdout) as { foreign: string[] };
    assert.equal(foreign, []);
    assert.is(readFileSync(join(folder, json), "utf8"), current[json]);
  });
});

test("adopt – a project's README that is gone was not moved: a record says so only of what may move", async () => {
  await withLost(current, async (folder) => {
    mkdirSync(join(folder, "docs"));
    renameSync(join(folder, "README.md"), join(folder, "docs/README.md"));
    const run = await runHere(folder, "adopt");
    assert.match(run.stdout, /deleted by you:\n {2}README\.md\n/);
    const status = await runHere(folder, "status");
    assert.is(status.code, 0, status.stderr);
    const upgrade = await runHere(folder, "upgrade", "--check");
    assert.is(upgrade.code, 0, upgrade.stdout + upgrade.stderr);
  });
});

test("adopt – half of the layer is deleted: the rest still tells, and nothing comes back", async () => {
  await withLost(releaseTree(second), async (folder) => {
    const files = Object.keys(releaseTree(second)).filter(
      (path) => path.startsWith(`${layer}/`) && !path.includes(".bento"),
    );
    const gone = files.filter((_, index) => index % 2 === 0);
    for (const path of gone) rmSync(join(folder, path));
    const run = await runHere(folder, "adopt", "--json");
    assert.is(run.code, 0, run.stdout);
    const found = JSON.parse(run.stdout) as {
      version: string;
      missing: string[];
    };
    assert.is(found.version, second);
    assert.equal([...found.missing].sort(), gone);
    const upgraded = await runHere(folder, "upgrade", "--no-install");
    assert.is(upgraded.code, 0, upgraded.stdout + upgraded.stderr);
    for (const path of gone) assert.not(existsSync(join(folder, path)), path);
  });
});

test("adopt – CR LF everywhere, and another style everywhere: version and answers are found, and nothing counts as changed", async () => {
  const style = {
    semi: false,
    singleQuote: true,
    printWidth: 100,
    tabWidth: 4,
  };
  const restyle = async (path: string, text: string): Promise<string> => {
    const parser = path.endsWith(".ts") ? "typescript" : undefined;
    if (parser === undefined) return text;
    return prettier.format(text, { parser, ...style });
  };
  const tree = releaseTree(second);
  const styled = await Promise.all(
    Object.entries(tree).map(
      async ([path, text]) => [path, await restyle(path, text)] as const,
    ),
  );
  const endings = Object.entries(tree).map(
    ([path, text]) => [path, text.replaceAll("\n", "\r\n")] as const,
  );
  const configured: Tree = {
    ...Object.fromEntries(styled),
    ".prettierrc": JSON.stringify(style),
  };
  for (const dressed of [configured, Object.fromEntries(endings)]) {
    await withLost(dressed, async (folder) => {
      const run = await runHere(folder, "adopt", "--json");
      assert.is(run.code, 0, run.stdout);
      const found = JSON.parse(run.stdout) as Record<string, unknown>;
      assert.is(found.version, second);
      assert.equal(found.answers, releaseRecord(second).answers);
      assert.equal([found.missing, found.moved, found.foreign], [[], [], []]);
    });
  }
});

test("adopt – versions that fit equally are named, and the newest is taken", async () => {
  const answers: Partial<Answers> = {
    databases: ["sqlite"],
    parts: [],
    example: "none",
  };
  const older = releaseTree(releases.at(-1) ?? "", answers);
  const newer = await currentTree(answers);
  const shared = Object.entries(newer).filter(
    ([path, text]) => older[path] === text || path.includes(".bento"),
  );
  await withLost(Object.fromEntries(shared), async (folder) => {
    const run = await runHere(folder, "adopt");
    assert.is(run.code, 0, run.stderr);
    assert.match(run.stdout, new RegExp(`most like version ${toolVersion},`));
    assert.ok(
      run.stdout.includes(
        `does not tell them apart:\n  ${releases.at(-1) ?? ""}\n`,
      ),
      run.stdout,
    );
  });
});

test("adopt – without any match it says so, writes nothing and ends with 1", async () => {
  const projects: readonly Tree[] = [
    {},
    { "package.json": "{}", "src/index.ts": "export {};\n" },
    {
      "package.json": "{}",
      [`${layer}/index.ts`]: "export {};\n",
      [`${layer}/engine.ts`]: "export {};\n",
      [`${layer}/errors.ts`]: "export {};\n",
      [`${layer}/logger.ts`]: "export {};\n",
      [`${layer}/defaults.ts`]: "export {};\n",
    },
  ];
  for (const tree of projects) {
    await withFolder(async (folder) => {
      writeTree(folder, tree);
      const before = readTree(folder);
      const run = await runHere(folder, "adopt");
      assert.is(run.code, 1, run.stdout);
      assert.match(run.stderr, /Found no layer that a known version/);
      assert.match(run.stderr, /create-bento-db adopt src\/database/);
      assert.equal(readTree(folder), before);
    });
  }
});

test("adopt – a record that is whole stays; one that is no JSON is made anew", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, current);
    const before = readTree(folder);
    const run = await runHere(folder, "adopt");
    assert.is(run.code, 0);
    assert.match(run.stdout, /a record that is whole/);
    assert.equal(readTree(folder), before);
    for (const text of ["", "{", `<<<<<<< HEAD\n${current[json] ?? ""}`]) {
      writeFileSync(join(folder, json), text);
      assert.is((await runHere(folder, "status")).code, 1);
      const made = await runHere(folder, "adopt");
      assert.is(made.code, 0);
      const copy = join(folder, `${json}.damaged`);
      assert.is(existsSync(copy), text !== "");
      assert.is(made.stdout.includes(`${json}.damaged`), text !== "");
      if (text !== "") assert.is(readFileSync(copy, "utf8"), text);
      rmSync(copy, { force: true });
      assert.equal(readTree(folder), before);
    }
  });
});

test("adopt – scenario 71: lost lines of the base are rendered anew and verified by their hash", async () => {
  for (const tree of [current, releaseTree(oldest)]) {
    await withFolder(async (folder) => {
      writeTree(folder, tree);
      edit(folder, base, (text) =>
        text
          .replace(/^(\S+engine\.ts \S+) .*$/m, "$1 broken")
          .split("\n")
          .slice(3)
          .join("\n"),
      );
      const broken = readFileSync(join(folder, base), "utf8");
      const doctor = await runHere(folder, "doctor", "--json");
      assert.match(doctor.stdout, /create-bento-db adopt/);
      const run = await runHere(folder, "adopt");
      assert.is(run.code, 0, run.stdout + run.stderr);
      assert.match(run.stdout, /4 lost texts were found again/);
      assert.match(
        run.stdout,
        /record is kept[^\n]*:\n {2}\S+base\.txt\.damaged\n/,
      );
      assert.is(readFileSync(join(folder, `${base}.damaged`), "utf8"), broken);
      assert.is(readFileSync(join(folder, base), "utf8"), tree[base]);
      assert.is(readFileSync(join(folder, json), "utf8"), tree[json]);
    });
  }
});

test("adopt – a text that no known version gives stays lost, and is named", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, current);
    const hash = "0".repeat(64);
    edit(folder, json, (text) => {
      const record = JSON.parse(text) as {
        files: Record<string, { hash: string }>;
      };
      Object.assign(record.files[`${layer}/engine.ts`] ?? {}, { hash });
      return JSON.stringify(record);
    });
    const before = readTree(folder);
    const run = await runHere(folder, "adopt");
    assert.is(run.code, 1);
    assert.match(run.stdout, /No lost text could be found/);
    assert.match(run.stdout, /engine\.ts/);
    assert.equal(readTree(folder), before);
  });
});

test("adopt – a folder outside of the project, or none, is wrong use", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, current);
    for (const word of ["..", "/", "nowhere", "."]) {
      const run = await runHere(folder, "adopt", word);
      assert.is(run.code, 2, word);
      assert.match(run.stderr, /the layer's folder inside/);
    }
  });
});

test("adopt – looks at the versions that it is given", async () => {
  await withLost(releaseTree(oldest), async (folder) => {
    const project = await detectProject(folder, {});
    const templates = await loadTemplates();
    const known = planAdoption(project, templates, undefined, [oldest]);
    assert.is(known.record.version, oldest);
    const unknown = planAdoption(project, templates, undefined, []);
    assert.is(unknown.record.version, toolVersion);
    assert.ok(unknown.same < known.same);
    assert.not(existsSync(join(folder, layer, ".bento")));
  });
});

test.run();
