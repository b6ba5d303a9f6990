/** The type check before writing, with the project's own TypeScript. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { conflictsIn } from "../../src/upgrade/plan-outcome.ts";
import { withFolder } from "../support/trees.ts";
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

async function upgraded(
  now: Texts,
  work: (folder: string) => void,
  check: (folder: string, plan: Upgraded) => void,
  typescript = "typescript",
): Promise<void> {
  await withFolder(async (folder) => {
    writeProject(
      folder,
      editionOf("1.0.0", { [a]: sums, [b]: uses }),
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
    check(folder, await upgradeTo(folder, editionOf("1.1.0", now)));
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
      version,
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
    "typescript-7",
  );
});

test.run();
