/** The type check before writing, with the project's own TypeScript. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { silentProgress } from "../../src/progress.ts";
import type { UpgradeRequest } from "../../src/upgrade.ts";
import { decisions } from "../../src/upgrade/plan-conflicts.ts";
import { loadCompiler } from "../../src/upgrade/compiler.ts";
import { conflictsIn } from "../../src/upgrade/plan-outcome.ts";
import { TypeCheck } from "../../src/upgrade/type-check.ts";
import { withFolder, writeTree } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
  type Texts,
  type Upgraded,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
const a = `${layer}/a.ts`;
const b = `${layer}/b.ts`;
const repository = join(import.meta.dirname, "../..");

const sums = `export function add(x: number, y: number): number {
  return x + y;
}

export function half(x: number): number {
  return x / 2;
}
`;
const uses = `import { half } from "./a.ts";

export const one = half(2);
`;
const usesBoth = `import { add, half } from "./a.ts";

export const one = half(2);
export const two = add(1, 1);
`;

interface Setting {
  readonly typescript?: string;
  /** What the version before had besides. */
  readonly before?: Texts;
  readonly request?: Partial<UpgradeRequest>;
}

async function upgraded(
  now: Texts,
  work: (folder: string) => void,
  check: (folder: string, plan: Upgraded) => void,
  { typescript = "typescript", before = {}, request = {} }: Setting = {},
): Promise<void> {
  await withFolder(async (folder) => {
    writeProject(
      folder,
      editionOf("1.0.0", { [a]: sums, [b]: uses, ...before }),
      answersOf(),
    );
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "@types"), { recursive: true });
    for (const name of [
      "@types/node",
      "@types/validator",
      "sequelize",
      "sqlite3",
      "uvu",
      "undici-types",
    ]) {
      symlinkSync(join(repository, "node_modules", name), join(modules, name));
    }
    symlinkSync(
      join(repository, "node_modules", typescript),
      join(modules, "typescript"),
    );
    work(folder);
    const edition = editionOf("1.1.0", now);
    check(folder, await upgradeTo(folder, edition, request));
  });
}

const removeAdd = (folder: string): void => {
  edit(folder, a, (text) => text.slice(text.indexOf("export function half")));
};

test("scenario 49 – the user deleted a function that this version newly calls: asked, with the compiler's words", async () => {
  for (const version of ["typescript", "typescript-5.9"]) {
    await upgraded(
      { [a]: sums, [b]: usesBoth },
      removeAdd,
      (folder, { open, files, types }) => {
        assert.is(types.unchecked, undefined);
        assert.is(open, true, version);
        const [found, ...more] = conflictsIn(files);
        assert.equal(more, []);
        assert.is(found?.file.path, b);
        assert.match(found?.conflict.reason ?? "", /TS2305.*add/);
        assert.is(found?.conflict.yours, 'import { half } from "./a.ts";\n');
        assert.is(readFileSync(join(folder, b), "utf8"), uses);
      },
      { typescript: version },
    );
  }
});

test("scenario 60 – the error of a merge becomes a conflict; one that the user had before does not", async () => {
  const longer = sums.replace("x / 2", "x / two");
  await upgraded(
    {
      [a]: `const two = 2;\n\n${longer}`,
      [b]: uses.replace("half(2)", "half(4)"),
    },
    (folder) => {
      edit(folder, a, (text) =>
        text
          .replace("half(x: number)", "half(x: string)")
          .replace(
            "half(x: string): number {\n  return x",
            "half(x: string): number {\n  return x.length",
          ),
      );
      writeFileSync(
        join(folder, layer, "own.ts"),
        "export const wrong: number = 'x';\n",
      );
    },
    (_folder, { open, types, files }) => {
      assert.is(open, true);
      assert.equal(types.news, []);
      assert.ok(
        conflictsIn(files).every(({ file }) => [a, b].includes(file.path)),
      );
    },
  );
});

test("what this version breaks in the user's own code is reported, not hidden", async () => {
  await upgraded(
    {
      [a]: sums.replaceAll("half", "halve"),
      [b]: uses.replaceAll("half", "halve"),
    },
    (folder) => {
      writeFileSync(
        join(folder, layer, "own.ts"),
        'import { half } from "./a.ts";\n\nexport const four = half(8);\n',
      );
    },
    (folder, { open, types }) => {
      assert.is(open, false);
      assert.match(types.news.join("\n"), /own\.ts:1: TS2305/);
      assert.match(readFileSync(join(folder, a), "utf8"), /halve/);
    },
  );
});

/** Two files that the user and the new version both changed, in different places. */
const shapes = `export interface Shape {
  size: number;
}

export function sizeOf({ size }: Shape): number {
  return size;
}
`;
const words = `export function say(word: string): string {
  return word;
}

export function shout(word: string): string {
  return word.toUpperCase();
}
`;
const c = `${layer}/c.ts`;
const d = `${layer}/d.ts`;
const both = { [c]: shapes, [d]: words };
const newer = {
  [a]: sums,
  [b]: uses,
  [c]: shapes
    .replace("size: number;", "size: number | undefined;")
    .replace("): number", "): number | undefined"),
  [d]: words.replace("return word;", "return `${word}.`;"),
};
const editBoth = (folder: string): void => {
  edit(
    folder,
    c,
    (text) => `${text}\nexport const unit: Shape = { size: 1 };\n`,
  );
  edit(folder, d, (text) =>
    text.replace("word.toUpperCase()", "`${word}!`.toUpperCase()"),
  );
};

test("an error in a file that is not written makes a question of the file that it hangs on, and of no other", async () => {
  await upgraded(
    newer,
    (folder) => {
      editBoth(folder);
      writeFileSync(
        join(folder, layer, "own.ts"),
        'import { unit } from "./c.ts";\nimport { say } from "./d.ts";\n\nexport const size: number = unit.size;\nexport const word = say("x");\n',
      );
    },
    (_folder, { open, file, files, types }) => {
      assert.is(open, true);
      assert.is(file(c).action, "conflict");
      assert.is(file(d).action, "merge");
      const [found] = conflictsIn(files);
      assert.match(found?.conflict.reason ?? "", /TS2322.*\(in .*own\.ts\)/);
      assert.equal(types.news, []);
    },
    { before: both },
  );
});

/** Both changed `add`; what the new version calls in `b` is only in its own. */
const three = sums
  .replace("y: number)", "y: number, z: number)")
  .replace("x + y", "x + y + z");
const usesThree = usesBoth.replace("add(1, 1)", "add(1, 1, 1)");
const editAdd = (folder: string): void => {
  edit(folder, a, (text) =>
    text.replace("y: number)", "y = 2)").replace("x + y", "y + x"),
  );
};
const usesNew = { [a]: three, [b]: usesThree };

test("what hangs on how a conflict is decided is said there, and makes no question of another file", async () => {
  await upgraded(usesNew, editAdd, (_folder, { open, file, files }) => {
    assert.is(open, true);
    assert.is(file(b).action, "replace");
    const found = conflictsIn(files);
    assert.ok(found.every(({ file: { path } }) => path === a));
    assert.match(
      found[0]?.conflict.reason ?? "",
      /With your side, this does not type-check: .*b\.ts:4: TS2554/,
    );
  });
});

test("what does not type-check as it was answered is said", async () => {
  for (const [side, left] of [
    ["mine", /b\.ts:4: TS2554/],
    ["new", /^$/],
  ] as const) {
    await upgraded(
      usesNew,
      editAdd,
      (_folder, { open, types }) => {
        assert.is(open, false);
        assert.match(types.left.join("\n"), left);
      },
      { request: { ask: () => Promise.resolve(decisions[side]) } },
    );
  }
});

test("with the user's side decided beforehand, what does not go with it stays the user's too", async () => {
  await upgraded(
    usesNew,
    editAdd,
    (folder, { open, types }) => {
      assert.is(open, false);
      assert.is(readFileSync(join(folder, b), "utf8"), uses);
      assert.match(readFileSync(join(folder, a), "utf8"), /return y \+ x/);
      assert.equal(types.left, []);
    },
    { request: { conflicts: "mine" } },
  );
  await upgraded(
    usesNew,
    editAdd,
    (folder, { open, types }) => {
      assert.is(open, false);
      assert.is(readFileSync(join(folder, b), "utf8"), usesThree);
      assert.match(readFileSync(join(folder, a), "utf8"), /x \+ y \+ z/);
      assert.equal(types.left, []);
    },
    { request: { conflicts: "new" } },
  );
});

test("what is wrong whichever side of a conflict is taken is a question, conflicts or not", async () => {
  await upgraded(
    {
      ...usesNew,
      [c]: shapes,
      [d]: `import { sizeOf } from "./c.ts";\n\n${words}\nexport const none = sizeOf({ size: 0 });\n`,
    },
    (folder) => {
      editAdd(folder);
      edit(folder, c, (text) => text.slice(0, text.indexOf("export function")));
    },
    (_folder, { file, files }) => {
      assert.is(file(b).action, "replace");
      assert.is(file(d).action, "conflict");
      const [found] = conflictsIn([file(d)]);
      assert.match(found?.conflict.reason ?? "", /^Together .*TS2305/);
      assert.is(
        conflictsIn(files).length,
        conflictsIn([file(a), file(d)]).length,
      );
    },
    { before: both },
  );
});

test("one error that was there before does not hide a second one of the same words", async () => {
  const reads = (names: readonly string[]): string =>
    [
      'import type { Shape } from "./c.ts";\n',
      ...names.map(
        (name) =>
          `export function ${name}(shape: Shape): number {\n  return shape.size;\n}\n`,
      ),
    ].join("\n");
  await upgraded(
    { [a]: sums, [b]: uses, [c]: shapes, [d]: reads(["first", "second"]) },
    (folder) => {
      edit(folder, c, () => "export interface Shape {\n  width: number;\n}\n");
      edit(folder, d, (text) => `// Mine.\n${text}`);
    },
    (_folder, { file, open }) => {
      assert.is(open, true);
      const [found] = conflictsIn([file(d)]);
      assert.match(found?.conflict.reason ?? "", /TS2339.*size/);
    },
    { before: { [c]: shapes, [d]: reads(["first"]) } },
  );
});

test("what no merged file brings about is reported, and asks nothing", async () => {
  await upgraded(
    { [a]: `${sums}\n// new\n`, [b]: uses, [c]: null },
    (folder) => {
      edit(folder, b, (text) => `import "./c.ts";\n${text}`);
      edit(folder, a, (text) => `// Mine.\n${text}`);
    },
    (folder, { open, types }) => {
      assert.is(open, false);
      assert.match(types.news.join("\n"), /b\.ts:1: TS2882.*c\.ts/);
      assert.match(
        readFileSync(join(folder, a), "utf8"),
        /\/\/ Mine\.[^]*\/\/ new/,
      );
    },
    { before: { [c]: shapes } },
  );
});

test("with the new version's side decided beforehand, what does not type-check is said", async () => {
  await upgraded(
    { [a]: sums, [b]: usesBoth },
    removeAdd,
    (folder, { open, types }) => {
      assert.is(open, false);
      assert.is(readFileSync(join(folder, b), "utf8"), usesBoth);
      assert.match(types.left.join("\n"), /b\.ts:1: TS2305.*add/);
    },
    { request: { conflicts: "new" } },
  );
});

test("without a TypeScript that can be asked, the report says so", async () => {
  await upgraded(
    { [a]: `${sums}\n// new\n`, [b]: uses },
    () => undefined,
    (_folder, { types, open }) => {
      assert.is(open, false);
      assert.match(
        types.unchecked ?? "",
        /TypeScript 7\.\d+\.\d+ cannot be asked/,
      );
    },
    { typescript: "typescript-7" },
  );
});

test("type check – Ctrl-C is heard between two files", async () => {
  await withFolder(async (folder) => {
    writeTree(folder, {
      "tsconfig.json": '{ "compilerOptions": { "types": [] } }',
      "a.ts": "export const a: number = 1;\n",
      "b.ts": "export const b: number = 2;\n",
    });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(
      join(repository, "node_modules/typescript"),
      join(folder, "node_modules/typescript"),
    );
    const ts = loadCompiler(folder);
    if (typeof ts === "string") throw new Error(ts);
    const abort = new AbortController();
    const shown: string[] = [];
    const check = new TypeCheck(folder, ts, [], {
      signal: abort.signal,
      progress: {
        ...silentProgress,
        start: (title) => void shown.push(title),
        stop: () => void shown.push("done"),
      },
    });
    assert.equal(await check.problems(new Map()), []);
    assert.equal(shown, ["Type-checking", "done"]);
    const checked = check.problems(new Map());
    setImmediate(() => {
      abort.abort(new Error("Ctrl-C"));
    });
    await checked.then(
      () => {
        assert.unreachable("It went on to its end.");
      },
      (error: unknown) => {
        assert.is((error as Error).message, "Ctrl-C");
      },
    );
  });
});

test.run();
