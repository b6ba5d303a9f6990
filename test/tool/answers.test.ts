import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  defaultAnswers,
  parseAnswers,
  type AnswerProblem,
} from "../../src/answers.ts";
import {
  nameProblems,
  toApplicationName,
} from "../../src/answers/application-name.ts";
import { nearest } from "../../src/answers/nearest.ts";
import { answersFromFlags } from "../../src/flags.ts";
import { questions } from "../../src/questions.ts";

function problemsOf(input: unknown): readonly AnswerProblem[] {
  const parsed = parseAnswers(input);
  return parsed.ok ? [] : parsed.problems;
}

function pathOf(path: string): string {
  const parsed = parseAnswers({ path });
  return parsed.ok ? parsed.answers.path : "refused";
}

test("answers – nothing given means the defaults", () => {
  assert.equal(parseAnswers({}), { ok: true, answers: defaultAnswers });
});

test("answers – all problems are reported at once, each by its name", () => {
  const names = problemsOf({
    applicationName: "Bad Name!!",
    path: "../evil",
    databases: ["mysql"],
    parts: ["sesions"],
    example: 3,
    testRunner: "jest",
    modul: "esm",
  }).map(({ name }) => name);
  assert.equal([...new Set(names)].sort(), [
    "applicationName",
    "databases",
    "example",
    "modul",
    "parts",
    "path",
    "testRunner",
  ]);
});

test("answers – a misspelt choice or name is answered with the right one", () => {
  const [part] = problemsOf({ parts: ["sesions"] });
  assert.match(part?.message ?? "", /Did you mean "sessions"\?/);
  const [name] = problemsOf({ testruner: "uvu" });
  assert.match(name?.message ?? "", /Did you mean testRunner\?/);
});

test("answers – no object is refused with what came", () => {
  for (const wrong of [null, undefined, 1, "x", ["x"], true]) {
    assert.is(problemsOf(wrong).length, 1);
  }
});

test("answers – at least one database, any number of parts", () => {
  assert.match(problemsOf({ databases: [] })[0]?.message ?? "", /at least one/);
  assert.equal(problemsOf({ parts: [] }), []);
});

test("answers – the order and repetition of a list change nothing", () => {
  const parsed = parseAnswers({
    databases: ["postgres", "sqlite", "postgres"],
    parts: ["migrations", "sessions"],
  });
  const answers = parsed.ok ? parsed.answers : undefined;
  assert.equal(answers?.databases, ["sqlite", "postgres"]);
  assert.equal(answers?.parts, ["sessions", "migrations"]);
});

test("answers – CommonJS imports have no ending unless told", () => {
  const parsed = parseAnswers({ module: "cjs" });
  assert.is(parsed.ok && parsed.answers.importExtension, "");
});

test("path – folders inside the project in one spelling", () => {
  assert.is(pathOf("./db/"), "db");
  assert.is(
    pathOf("src//infrastructure/./database"),
    "src/infrastructure/database",
  );
  assert.is(pathOf("src/datenbänke/v1.2_x-y"), "src/datenbänke/v1.2_x-y");
});

test("path – whatever leads out or could be read as code is refused", () => {
  const wrong = [
    "",
    ".",
    "..",
    "../db",
    "db/../../x",
    "db/..",
    "/etc",
    "//server/share",
    "C:/db",
    "c:db",
    "~/db",
    "db\\..\\..",
    "db\0",
    "db\n",
    "a b",
    "d'b",
    'd"b',
    "d`b",
    "${db}",
    "{{db}}",
    "db;rm",
    "db&x",
    "db|x",
    "db$x",
    "db*",
    "-rf",
    "db/-x",
    "node_modules/db",
    ".git/hooks",
    "db/.bento",
    "con",
    "db/aux.ts",
    "db.",
    "x".repeat(201),
    "db/\u202Egnp",
    "db/\uD800",
  ];
  for (const path of wrong) {
    assert.is(pathOf(path), "refused", JSON.stringify(path));
  }
});

test("application name – every broken rule of npm is named", () => {
  const problems = nameProblems(" .Bad Name!!");
  assert.is(problems.length, 4);
  assert.is(nameProblems("@scope/name").length, 0);
  assert.is(nameProblems("http").length, 1);
  assert.is(nameProblems("\uD800").length, 1);
});

test("application name – a folder's name becomes a valid one", () => {
  assert.is(toApplicationName("My Äpp (2)"), "my-a-pp-2");
  assert.is(toApplicationName("@scope/name"), "@scope/name");
  assert.is(toApplicationName("..."), "my-app");
  assert.is(toApplicationName("http"), "my-app");
});

test("flags – lists by commas, none and without", () => {
  assert.equal(
    answersFromFlags({ database: "sqlite,postgres", without: ["draining"] }),
    {
      databases: ["sqlite", "postgres"],
      parts: ["sessions", "resilience", "migrations"],
    },
  );
  assert.equal(answersFromFlags({ parts: "none" }), { parts: [] });
  assert.equal(answersFromFlags({ "import-extension": "none" }), {
    importExtension: "",
  });
  assert.equal(answersFromFlags({ "import-extension": "js" }), {
    importExtension: ".js",
  });
});

test("flags – an unknown part in --without is named", () => {
  const answers = answersFromFlags({ without: "drainning" });
  assert.match(problemsOf(answers)[0]?.message ?? "", /drainning/);
});

test("questions – one for each answer that a user can give, each with its flag", () => {
  const names = questions.map(({ name }) => name);
  const given = Object.keys(defaultAnswers).filter((n) => n !== "project");
  assert.equal([...names].sort(), given.sort());
  assert.is(new Set(questions.map(({ flag }) => flag)).size, questions.length);
});

test("nearest – close words only", () => {
  assert.is(nearest("sesions", ["sessions", "draining"]), "sessions");
  assert.is(nearest("fastfiy", ["express", "fastify"]), "fastify");
  assert.is(nearest("post", ["sqlite", "postgres"]), "postgres");
  assert.is(nearest("mongodb", ["sqlite", "postgres"]), undefined);
});

test.run();
