import { createRequire } from "node:module";
import { Model, Sequelize } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ToolError } from "../../src/errors.ts";
import type { Field } from "../../src/new/field.ts";
import { fieldNameProblem } from "../../src/new/field-names.ts";
import {
  modelNames,
  readMigrationName,
  readModelName,
} from "../../src/new/names.ts";
import { toCamel, wordsOf } from "../../src/new/words.ts";
import { parseFields } from "../../src/new/parse-fields.ts";

const self = modelNames("Book");
const known = [modelNames("Author"), modelNames("OrderLine")];
const parse = (...specs: string[]): Field[] => parseFields(specs, self, known);

function refused(work: () => unknown): ToolError {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("expected a ToolError");
}

const plain = {
  args: [],
  nullable: false,
  unique: false,
  indexed: false,
};

test("a field has a name, a type, arguments and modifiers in any order", () => {
  assert.equal(parse("title:string"), [
    { ...plain, name: "title", column: "title", type: "string" },
  ]);
  const wanted = {
    ...plain,
    name: "sortKey",
    column: "sort_key",
    type: "string",
    args: ["120"],
    nullable: true,
    unique: true,
  };
  for (const spec of [
    "sort_key:string(120)?!unique",
    "sort-key:STRING(120)!unique?",
    "sortKey:string:120:unique?",
    "sortKey:string?:unique:120",
    "SortKey:string(120):optional:unique",
  ]) {
    assert.equal(parse(spec), [wanted], spec);
  }
});

test("arguments are read with brackets or after a colon", () => {
  for (const spec of [
    "price:decimal(10,2)",
    "price:decimal:10,2",
    "price:decimal( 10 , 2 )",
  ]) {
    assert.equal(parse(spec)[0]?.args, ["10", "2"], spec);
  }
  assert.equal(parse("state:enum:draft,published?")[0]?.args, [
    "draft",
    "published",
  ]);
});

test("references and belongsTo hold the id of another table, indexed", () => {
  const [writer, author, line, parent] = parse(
    "writerId:references(people)",
    "author:belongsTo",
    "line:belongsTo(order-line)?",
    "parent:belongsTo(Book)!unique",
  );
  assert.is(writer?.table, "people");
  assert.is(writer?.indexed, true);
  assert.is(author?.name, "authorId");
  assert.is(author?.column, "author_id");
  assert.is(author?.owner?.names.model, "Author");
  assert.is(line?.table, "order_lines");
  assert.is(line?.nullable, true);
  assert.is(parent?.table, "books");
  assert.is(parent?.indexed, false);
});

test("every wrong field is reported at once, with what was probably meant", () => {
  const wrong: Record<string, RegExp> = {
    title: /expected name:type/,
    "": /expected name:type/,
    ":string": /expected a name before the colon/,
    "x:": /expected a type after the colon/,
    "x:strng": /no type "strng", did you mean string\?/,
    "x:int": /did you mean integer\?/,
    "x:datetime": /did you mean date\?/,
    "x:constructor": /no type "constructor"/,
    "x:string(0)": /expected a length such as string\(120\), got 0/,
    "x:string(1,2)": /got 1,2/,
    "x:string(1e3)": /got 1e3/,
    "x:string(99999999)": /got 99999999/,
    "x:decimal(2,5)": /after the point/,
    "x:text(5)": /takes nothing in brackets/,
    "x:enum": /expected its values/,
    "x:enum()": /expected its values/,
    "x:enum(a,a)": /the value a stands twice/,
    "x:enum(it's)": /letters, digits/,
    'x:enum(a,"b)': /letters, digits/,
    "x:enum(${x})": /letters, digits/,
    "x:enum(a`,b)": /letters, digits/,
    "x:enum({{x}})": /letters, digits/,
    "x:references": /expected one table/,
    "x:references(a;b)": /expected one table/,
    "x:belongsTo": /no model "X" in models\/index\.ts.*xId:references\(xes\)/,
    "x:belongsTo(A,B)": /at most one model/,
    "x:string!uniqe": /did you mean :unique\?/,
    "x:string?unique": /did not understand "unique"/,
    "x:string(1)(2)": /did not understand/,
    "x:text:constructor": /did not understand ":constructor"/,
    "id:integer": /every model has id already/,
    "created_at:date": /every model has createdAt already/,
    "save:boolean": /would hide a member/,
    "constructor:text": /would hide a member/,
    "__proto__:text": /a name has letters/,
    "../x:text": /a name has letters/,
    "na me:text": /a name has letters/,
    "naïve:text": /a name has letters/,
    "a'b:text": /a name has letters/,
    "1st:text": /a name has letters/,
    [`${"x".repeat(41)}:text`]: /41 characters/,
    "x\n:text": /a name has letters/,
    "x:text\n": /did not understand/,
  };
  const specs = Object.keys(wrong);
  const error = refused(() => parse(...specs));
  assert.is(error.exitCode, 2);
  assert.is(error.code, "wrong-fields");
  const lines = error.message.split("\n");
  assert.is(lines[0], `${specs.length} fields are wrong:`);
  assert.is(lines.length, specs.length + 1);
  for (const [index, expected] of Object.values(wrong).entries()) {
    assert.match(lines[index + 1] ?? "", expected);
  }
});

test("two fields cannot have one name, spelt differently or by an association", () => {
  for (const pair of [
    ["sort_key:text", "sortKey:text"],
    ["author:belongsTo", "authorId:integer"],
    ["author:text", "author:belongsTo"],
    ["a_bc:text", "aBC:text"],
  ]) {
    assert.match(refused(() => parse(...pair)).message, /there is a field/);
  }
});

test("columns are called what Sequelize's underscored option makes of the attribute", () => {
  const { underscore } = createRequire(import.meta.url)("inflection") as {
    underscore: (name: string) => string;
  };
  for (const name of [
    "a_b_c",
    "foo_2bar",
    "x1y",
    "userID",
    "aBC",
    "HTTPServer",
    "address2Line",
    "is-ok",
  ]) {
    const [field] = parse(`${name}:text`);
    assert.is(field?.column, underscore(field?.name ?? ""), name);
  }
});

test("no member of a Sequelize model can be hidden by a field", () => {
  const sequelize = new Sequelize({ dialect: "sqlite", storage: ":memory:" });
  const Some = sequelize.define("Some", {}, { timestamps: false });
  const members = [
    ...Object.getOwnPropertyNames(Model.prototype),
    ...Object.getOwnPropertyNames(Some.prototype),
    ...Object.getOwnPropertyNames(Object.prototype),
    ...Object.keys(new Some()),
  ].filter((name) => toCamel(wordsOf(name)) === name);
  assert.ok(members.length > 40);
  for (const name of members) {
    assert.ok(fieldNameProblem(name) !== undefined, name);
  }
});

test("a model's name is taken in every common spelling", () => {
  for (const name of ["OrderLine", "orderLine", "order-line", "order_line"]) {
    assert.equal(readModelName(name), {
      model: "OrderLine",
      file: "order-line",
      table: "order_lines",
    });
  }
  const tables = [
    "Category",
    "Box",
    "Person",
    "Day",
    "News",
    "BlogPost",
    "HTTPLog",
    "Address2",
  ].map((name) => readModelName(name).table);
  assert.equal(tables, [
    "categories",
    "boxes",
    "people",
    "days",
    "news",
    "blog_posts",
    "http_logs",
    "address2s",
  ]);
});

test("a model's name that would lead elsewhere or collide is refused", () => {
  for (const name of [
    "",
    " ",
    "../x",
    "a/b",
    "a\\b",
    "/etc/passwd",
    "C:x",
    "a b",
    "a.b",
    "1a",
    "-a",
    "a-",
    "a--b",
    "_a",
    "é",
    "a'b",
    'a"b',
    "a`b",
    "${x}",
    "{{x}}",
    "a\nb",
    "a\u0000",
    "a\n",
    "Model",
    "model",
    "Sequelize",
    "Index",
    "models",
    "con",
    "LPT1",
    "Record",
    "x".repeat(41),
  ]) {
    const error = refused(() => readModelName(name));
    assert.is(error.exitCode, 2, name);
    assert.match(error.message, /^The model's name ".*/);
  }
});

test("a migration's name becomes kebab-case, or is refused", () => {
  for (const name of [
    "add email to authors",
    "add-email-to-authors",
    "AddEmailToAuthors",
    " add_email__to-authors ",
  ]) {
    assert.is(readMigrationName(name), "add-email-to-authors", name);
  }
  for (const name of [
    "",
    "  ",
    "--",
    "../x",
    "a/b",
    "a.ts",
    "é",
    "${x}",
    "{{x}}",
    "a\nb",
    "'",
    "x".repeat(101),
  ]) {
    assert.is(refused(() => readMigrationName(name)).exitCode, 2, name);
  }
});

test.run();
