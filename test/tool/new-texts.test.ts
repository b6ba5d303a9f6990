import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import * as prettier from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ToolError } from "../../src/errors.ts";
import { blankMigrationText } from "../../src/new/migration-text.ts";
import type { NewFileAnswers, NewFiles } from "../../src/new/new-files.ts";
import { planNewMigration } from "../../src/new/new-migration.ts";
import { planNewModel } from "../../src/new/new-model.ts";
import { nextTimestamp } from "../../src/new/timestamp.ts";

const answers: NewFileAnswers = {
  path: "infrastructure/database",
  databases: ["sqlite", "postgres"],
  parts: ["migrations"],
  importExtension: ".ts",
};

const templates = join(
  import.meta.dirname,
  "../../templates/infrastructure/database",
);

/** models/index.ts as it is emitted, with or without the example. */
const indexOf = (hasExample: boolean): string => {
  const text = readFileSync(join(templates, "models/index.ts"), "utf8");
  const kept = hasExample
    ? text
    : text.replaceAll(/^ *\/\/ \{\{#if hasExample[^]*?\{\{\/if\}\}\n/gm, "");
  return kept.replaceAll(/^ *\/\/ \{\{.*\n/gm, "");
};

const plan = (
  name: string,
  fields: readonly string[],
  modelsIndex = indexOf(true),
): NewFiles =>
  planNewModel({
    name,
    fields,
    answers,
    existing: { modelsIndex },
    timestamp: "20260131093000",
  });

const index = (files: NewFiles): string => files.edits[0]?.text ?? "";

test("a new model is a file, a migration, and lines in the index", () => {
  const { files, edits } = plan("Author", ["name:string"]);
  assert.equal(
    [...files, ...edits].map(({ path }) => path),
    [
      "infrastructure/database/models/author.ts",
      "infrastructure/database/migrations/versions/20260131093000-create-authors.ts",
      "infrastructure/database/models/index.ts",
    ],
  );
  const without = planNewModel({
    name: "Author",
    fields: [],
    answers: { ...answers, parts: [] },
    existing: { modelsIndex: indexOf(true) },
    timestamp: "20260131093000",
  });
  assert.is(without.files.length, 1);
});

const letters = fc.stringMatching(/^[a-z]{1,14}$/);
const words = fc
  .array(letters, { minLength: 1, maxLength: 3 })
  .map((list) => list.join("-"));
const type = fc.oneof(
  fc.constantFrom(
    "text",
    "integer",
    "bigint",
    "float",
    "boolean",
    "date",
    "dateonly",
    "uuid",
    "json",
    "decimal",
    "string",
    "note:belongsTo",
  ),
  fc.integer({ min: 1, max: 9999 }).map((size) => `string(${size})`),
  fc.integer({ min: 1, max: 30 }).map((size) => `decimal(${size},1)`),
  fc
    .uniqueArray(letters, { minLength: 1, maxLength: 9 })
    .map((list) => `enum(${list.join(",")})`),
  letters.map((table) => `references(${table})`),
  fc.constantFrom("belongsTo(Note)", "belongsTo(Self)"),
);
const field = fc
  .tuple(words, type, fc.subarray(["?", "!unique", ":index"]))
  .map(
    ([name, kind, flags]) =>
      `${name}:${kind.replace(/^note:/, "")}${flags.join("")}`,
  );

test("whatever the fields, the texts are as Prettier's defaults would have them", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 100_000);
  console.log(`seed: ${seed}`);
  let formatted = 0;
  await fc.assert(
    fc.asyncProperty(
      words,
      fc.array(field, { maxLength: 8 }),
      async (name, fields) => {
        let files: NewFiles;
        try {
          files = plan(
            name,
            fields.map((spec) => spec.replace("(Self)", `(${name})`)),
          );
        } catch (error) {
          if (error instanceof ToolError) return;
          throw error;
        }
        for (const { text, path } of [...files.files, ...files.edits]) {
          const pretty = await prettier.format(text, { parser: "typescript" });
          assert.is(text, pretty, path);
          formatted += 1;
        }
      },
    ),
    { numRuns: 150, seed },
  );
  assert.ok(formatted > 100, `${formatted} texts formatted`);
});

test("models are listed in order, whatever the order of their making", async () => {
  let text = indexOf(false);
  for (const [name, fields] of [
    ["Publisher", []],
    ["Author", ["name:string"]],
    ["Zebra", []],
    ["Book", ["author:belongsTo", "publisher:belongsTo?"]],
    ["AuthorBio", ["author:belongsTo"]],
  ] as const) {
    text = index(plan(name, fields, text));
    assert.is(text, await prettier.format(text, { parser: "typescript" }));
  }
  assert.is(
    text,
    `import type { Sequelize } from "sequelize";
import { initAuthor } from "./author.ts";
import { associateAuthorBio, initAuthorBio } from "./author-bio.ts";
import { associateBook, initBook } from "./book.ts";
import { initPublisher } from "./publisher.ts";
import { initZebra } from "./zebra.ts";

export { Author } from "./author.ts";
export { AuthorBio } from "./author-bio.ts";
export { Book } from "./book.ts";
export { Publisher } from "./publisher.ts";
export { Zebra } from "./zebra.ts";

/** Registers every model with the engine's Sequelize instance; one line a model. */
export function initModels(sequelize: Sequelize): Sequelize["models"] {
  initAuthor(sequelize);
  initAuthorBio(sequelize);
  initBook(sequelize);
  initPublisher(sequelize);
  initZebra(sequelize);
  associateAuthorBio();
  associateBook();
  return sequelize.models;
}
`,
  );
});

test("an index that has the model already stays as it is", () => {
  const once = index(plan("Author", ["note:belongsTo"]));
  assert.equal(plan("Author", ["note:belongsTo"], once).edits, []);
});

test("the owner's formatting, order and own lines are kept", () => {
  const own = `// ours
import type {Sequelize} from 'sequelize'
import {initZoo} from './zoo.js'
import {initNote} from './note.js'
import {audit} from './audit-log.js'

export {Zoo} from './zoo.js'
export {Note} from './note.js'

export function initModels(db: Sequelize): Sequelize['models'] {
\tinitZoo(db)
\tinitNote(db)
\taudit(db)
\treturn db.models
}
`.replaceAll("\n", "\r\n");
  const { edits } = planNewModel({
    name: "Pet",
    fields: ["note:belongsTo"],
    answers: { ...answers, importExtension: ".js" },
    existing: { modelsIndex: own },
    timestamp: "20260131093000",
  });
  const text = edits[0]?.text ?? "";
  assert.is(text.replaceAll("\r\n", "").includes("\n"), false);
  const added = text
    .split("\r\n")
    .filter((line) => !own.split("\r\n").includes(line));
  assert.equal(added, [
    "import {associatePet, initPet} from './pet.js'",
    "export {Pet} from './pet.js'",
    "\tinitPet(db)",
    "\tassociatePet()",
  ]);
  assert.equal(
    text.split("\r\n").filter((line) => !added.includes(line)),
    own.split("\r\n"),
  );
});

test("an index of another shape is refused with the lines to add by hand", () => {
  for (const other of [
    "",
    "export const models = {};\n",
    indexOf(true).replace("return sequelize.models", "return undefined"),
  ]) {
    try {
      plan("Pet", ["note:references(notes)"], other);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof ToolError, String(error));
      assert.is(error.code, "models-index-not-recognised");
      for (const line of [
        'import { initPet } from "./pet.ts";',
        'export { Pet } from "./pet.ts";',
        "initPet(sequelize);",
      ]) {
        assert.ok(error.remedy?.includes(line), line);
      }
    }
  }
});

test("a new migration begins with the project's own skeleton, or with ours", () => {
  const skeleton = readFileSync(
    join(templates, "migrations/skeleton/new-migration.ts"),
    "utf8",
  );
  assert.is(blankMigrationText(answers), skeleton);
  const input = { name: "Add email", timestamp: "20260131093000", answers };
  assert.equal(planNewMigration(input), {
    files: [
      {
        path: "infrastructure/database/migrations/versions/20260131093000-add-email.ts",
        text: skeleton,
      },
    ],
    edits: [],
  });
  const own = planNewMigration({
    ...input,
    existing: { skeleton: "// ours\n" },
  });
  assert.is(own.files[0]?.text, "// ours\n");
  assert.throws(
    () => planNewMigration({ ...input, answers: { ...answers, parts: [] } }),
    /without migrations/,
  );
});

test("a timestamp that is taken becomes the second after the newest", () => {
  const now = "20260228235959";
  assert.is(nextTimestamp(now, []), now);
  assert.is(nextTimestamp(now, ["0001-create-notes.ts", "README.md"]), now);
  assert.is(nextTimestamp(now, ["20260228235959-a.ts"]), "20260301000000");
  assert.is(nextTimestamp(now, ["20260101000000-a.ts"]), now);
  assert.is(
    nextTimestamp(now, ["20270101000000-a.ts", `${now}-b.ts`]),
    "20270101000001",
  );
  assert.is(nextTimestamp(now, ["99999999999999-a.ts"]), now);
});

test.run();
