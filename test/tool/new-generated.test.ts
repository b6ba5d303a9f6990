import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Answers, defaultAnswers } from "../../src/answers.ts";
import type { NewFileAnswers } from "../../src/new/new-files.ts";
import { planNewModel } from "../../src/new/new-model.ts";
import { start } from "../support/migrations.ts";
import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import {
  type RenderedProject,
  renderTestProject,
} from "../support/rendered-project.ts";

test.after(stopOwnServer);

const repository = join(import.meta.dirname, "../..");
const layer = "infrastructure/database";

/** A project with one model of every kind of field. */
async function renderWithModels(
  given: Partial<Answers>,
): Promise<RenderedProject> {
  const project = await renderTestProject(given);
  const answers: NewFileAnswers = { ...defaultAnswers, ...given };
  const models = [
    ["author", "name:string(80)!unique"],
    [
      "Book",
      "title:string",
      "body:text?",
      "pages:integer",
      "copies:bigint",
      "weight:float?",
      "price:decimal(10,2)",
      "inPrint:boolean",
      "printedAt:date?",
      "released:dateonly",
      "isbn:uuid:index",
      "extra:json",
      "state:enum(draft,published)",
      "author:belongsTo",
      "sequel:belongsTo(Book)?",
      "note_id:references(notes)?",
    ],
  ] as const;
  for (const [name, ...fields] of models) {
    const index = join(project.folder, layer, "models/index.ts");
    const plan = planNewModel({
      name,
      fields,
      answers,
      existing: { modelsIndex: readFileSync(index, "utf8") },
      timestamp: name === "author" ? "20260101000000" : "20260101000001",
    });
    for (const { path, text } of [...plan.files, ...plan.edits]) {
      const target = join(project.folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  return project;
}

function compile(project: RenderedProject, compiler: string): string {
  const flags = [
    "exactOptionalPropertyTypes",
    "noUncheckedIndexedAccess",
    "noPropertyAccessFromIndexSignature",
    "noImplicitOverride",
    "noUnusedLocals",
    "noUnusedParameters",
  ].flatMap((flag) => [`--${flag}`, "true"]);
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(repository, "node_modules", compiler, "bin/tsc"),
      "--noEmit",
      "-p",
      ".",
      ...flags,
    ],
    { cwd: project.folder, encoding: "utf8" },
  );
  return stdout;
}

/** Migrates, saves one row of each model, loads them in a new query, and migrates back. */
const program = (extension: string): string => `
import { strict as assert } from "node:assert";
import { createEngineFromConfig } from "./${layer}/engine${extension}";
import { getDatabaseConfig } from "./${layer}/config/database-config${extension}";
import { createMigrator } from "./${layer}/migrations/migrator${extension}";
import { Author, Book, initModels } from "./${layer}/models/index${extension}";

async function main(): Promise<void> {
  const engine = createEngineFromConfig(getDatabaseConfig());
  initModels(engine.sequelize);
  const migrator = createMigrator(engine);
  assert.equal((await migrator.up()).length, 3);
  const author = await Author.create({ name: "Ada" });
  const isbn = "6f1c8a3e-8d2b-4c7a-9f1e-2b3c4d5e6f70";
  const book = await Book.create({
    title: "One", pages: 3, copies: "9007199254740991", price: "12.50", inPrint: true,
    released: "2026-01-02", isbn, extra: { tags: ["a"] }, state: "draft", authorId: author.id,
  });
  const found = await Book.findByPk(book.id, { include: ["author"], rejectOnEmpty: true });
  assert.equal(found.author?.name, "Ada");
  assert.deepEqual(
    [found.title, found.body, found.pages, String(found.copies), Number(found.price), found.inPrint, found.released, found.isbn, found.extra, found.state, found.sequelId],
    ["One", null, 3, "9007199254740991", 12.5, true, "2026-01-02", isbn, { tags: ["a"] }, "draft", null],
  );
  assert.ok(found.createdAt instanceof Date);
  await Book.bulkCreate([{ ...found.get({ plain: true }), id: 77, sequelId: book.id }].map(({ author: _, ...rest }) => rest), { validate: true });
  await assert.rejects(Book.create({ ...found.get(), id: 78, state: "burnt" as "draft" }), /state/);
  await assert.rejects(engine.sequelize.query("UPDATE books SET state = 'burnt'"));
  await assert.rejects(author.destroy(), /ForeignKey|foreign key/i);
  await assert.rejects(Author.create({ name: "Ada" }), { name: "SequelizeUniqueConstraintError" });
  await book.destroy();
  assert.equal((await Book.findByPk(77, { rejectOnEmpty: true })).sequelId, null);
  assert.equal((await migrator.down({ to: "0" })).length, 3);
  await engine.dispose();
  console.log("all good");
}

void main();
`;

const kinds = [
  { module: "esm", importExtension: ".ts", compiler: "typescript-7" },
  { module: "esm", importExtension: ".js", compiler: "typescript-5.9" },
  { module: "cjs", importExtension: "", compiler: "typescript" },
] as const;

for (const { compiler, ...kind } of kinds) {
  const name = `${kind.module} ${kind.importExtension}`;
  test(`${name}: generated models compile, migrate, save and load`, async () => {
    const project = await renderWithModels(kind);
    const database = await createTestDatabase();
    try {
      assert.is(compile(project, compiler), "", compiler);
      const file = join(project.folder, "try.ts");
      writeFileSync(file, program(kind.importExtension));
      for (const url of ["sqlite:///try.db", database.url]) {
        const { ended } = start(file, [], {
          cwd: project.folder,
          env: { DB_URL: url },
        });
        const { out, error } = await ended;
        assert.match(out, /all good/, `${url}\n${error}`);
      }
    } finally {
      project.remove();
      await database.drop();
    }
  });
}

test("generated files are clean under the repository's strict lint", async () => {
  const project = await renderWithModels({});
  try {
    const config = `import tseslint from ${JSON.stringify(join(repository, "node_modules/typescript-eslint/dist/index.js"))};
export default tseslint.config(tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, {
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
});
`;
    writeFileSync(join(project.folder, "eslint.config.mjs"), config);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        join(repository, "node_modules/eslint/bin/eslint.js"),
        `${layer}/models/**/*.ts`,
        `${layer}/migrations/versions/*.ts`,
      ],
      { cwd: project.folder, encoding: "utf8" },
    );
    assert.is(status, 0, stdout + stderr);
  } finally {
    project.remove();
  }
});

test.run();
