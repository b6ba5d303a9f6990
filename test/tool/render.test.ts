import { test } from "uvu";
import * as assert from "uvu/assert";
import ts from "typescript";
import { defaultAnswers, type Answers } from "../../src/answers.ts";
import { collisions, planFiles } from "../../src/plan.ts";
import { matchesGlob } from "../../src/plan/glob.ts";
import { landingOf } from "../../src/plan/landing.ts";
import { renderPlan, renderProject } from "../../src/render.ts";
import { parseTemplate } from "../../src/render/parse-template.ts";
import { mapImports } from "../../src/render/import-statements.ts";
import { printJson } from "../../src/render/print-json.ts";
import { loadTemplates } from "../../src/templates.ts";

/** Renders one template text as `src/server.ts` of the given answers. */
function render(
  source: string,
  answers: Partial<Answers> = {},
  name = "src/http-server.ts",
): string {
  const all = { ...defaultAnswers, ...answers };
  const templates = new Map([[name, parseTemplate(name, source)]]);
  const plan = planFiles(all, [name]);
  return renderPlan(plan, templates, all)[0]?.text ?? "";
}

test("render – blocks of tags that hold stay, others leave no trace", () => {
  const source =
    "a;\n// {{#if sqlite}}\nb;\n// {{/if}}\n// {{#if postgres}}\nc;\n// {{/if}}\nd;\n";
  assert.is(render(source), "a;\nb;\nc;\nd;\n");
  assert.is(render(source, { databases: ["sqlite"] }), "a;\nb;\nd;\n");
});

test("render – a template may use known names in plain blocks only", () => {
  const wrong = [
    "{{nme}}",
    "// {{#if typo}}\n// {{/if}}\n",
    "// {{#if sqlite}}\n// {{else}}\n// {{/if}}\n",
    "{{#if sqlite}}{{#if postgres}}{{/if}}{{/if}}",
    "{{#unless sqlite}}{{/unless}}",
    "{{> partial}}",
    "{{{applicationName}}}{{helper 1}}",
  ];
  for (const source of wrong) {
    assert.throws(() => parseTemplate("x.ts", source), /templates\/x\.ts|./);
  }
});

test("render – no value breaks out of its string, whatever the quotes", () => {
  const nasty = [
    'a"; process.exit(); "',
    "a'; x; '",
    "`${process.exit()}`",
    "a\\",
    'a\\"; x',
    "line\nbreak\r\u2028\u2029",
    "{{applicationName}}",
    "// {{#if sqlite}}",
    "$& $1 $$",
  ];
  for (const applicationName of nasty) {
    const code = render('const a = "{{applicationName}}";\n', {
      applicationName,
    });
    const file = ts.createSourceFile("a.ts", code, ts.ScriptTarget.Latest);
    assert.is(file.statements.length, 1, code);
    let text: string | undefined;
    ts.forEachChild(file, function visit(node) {
      if (ts.isStringLiteral(node)) text = node.text;
      ts.forEachChild(node, visit);
    });
    assert.is(text, applicationName);
  }
});

test("render – a long value moves to a line of its own, as Prettier has it", () => {
  const applicationName = "a".repeat(70);
  assert.is(
    render('export const name = "{{applicationName}}";\n', { applicationName }),
    `export const name =\n  "${applicationName}";\n`,
  );
});

test("render – imports get the project's ending and lead to the layer's folder", () => {
  const source =
    'import { a } from "../infrastructure/database/index.ts";\nexport type { B } from "./b.ts";\nconst c = import("./c.ts");\n';
  assert.is(
    render(source, { importExtension: ".js", path: "src/db" }),
    'import { a } from "./db/index.js";\nexport type { B } from "./b.js";\nconst c = import("./c.js");\n',
  );
  assert.match(render(source, { importExtension: "" }), /database\/index";/);
});

test("render – an import that changes its width is laid out again", () => {
  const long = (path: string): string =>
    mapImports(
      'import {\n  alpha,\n  beta,\n} from "./some/where/far/away/in/the/folders/of/a/project.ts";\n',
      ({ head }) => ({ head, specifier: path }),
    );
  assert.is(long("./x.ts"), 'import { alpha, beta } from "./x.ts";\n');
  assert.match(
    mapImports('import { alpha, beta } from "./x.ts";\n', ({ head }) => ({
      head,
      specifier: `./${"x".repeat(60)}.ts`,
    })),
    /^import \{\n {2}alpha,\n {2}beta,\n\} from/,
  );
});

test("render – CommonJS and the other test runners change their few lines", () => {
  const cjs = render(
    'import sqlite3 from "sqlite3";\nconst a = import.meta.dirname;\n',
    { module: "cjs" },
  );
  assert.is(cjs, 'import * as sqlite3 from "sqlite3";\nconst a = __dirname;\n');
  const tests =
    'import { test } from "uvu";\n\ntest("a", () => {});\n\ntest.run();\n';
  assert.is(render(tests), tests);
  assert.is(
    render(tests, { testRunner: "vitest" }),
    'import { test } from "vitest";\n\ntest("a", () => {});\n',
  );
  assert.match(render(tests, { testRunner: "node" }), /"node:test"/);
});

test("render – the same answers give the same bytes", async () => {
  const templates = await loadTemplates();
  assert.equal(
    renderProject(defaultAnswers, templates),
    renderProject({ ...defaultAnswers }, new Map([...templates].reverse())),
  );
});

test("plan – an existing project gets the layer and nothing around it", async () => {
  const templates = await loadTemplates();
  const answers: Answers = {
    ...defaultAnswers,
    project: "existing",
    example: "none",
    path: "src/db",
  };
  const outside = renderProject(answers, templates)
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("src/db/"));
  assert.equal(outside, [".env.example"]);
});

test("plan – variants land under one name, and what collides is named", () => {
  assert.is(landingOf("a/driver.better-sqlite3.ts"), "a/driver.ts");
  assert.is(landingOf("a/driver.test.ts"), "a/driver.test.ts");
  assert.is(landingOf("gitignore"), ".gitignore");
  assert.is(landingOf("src/fastify-server.ts"), "src/server.ts");
  assert.is(landingOf("src/app.module.ts"), "src/app.module.ts");
  const file = planFiles(defaultAnswers, ["src/http-server.ts"]);
  assert.equal(collisions([...file, ...file]), ["src/server.ts"]);
});

test("plan – globs", () => {
  assert.ok(matchesGlob("a/b/c.ts", "a/**/*.ts"));
  assert.ok(matchesGlob("a/c.ts", "a/**/*.ts"));
  assert.not(matchesGlob("a/b/c.ts", "a/*.ts"));
  assert.not(matchesGlob("axts", "a.ts"));
});

test("json – laid out as Prettier does", () => {
  assert.is(
    printJson({ a: [1, "b"], c: {}, d: [{ e: true }] }),
    '{\n  "a": [1, "b"],\n  "c": {},\n  "d": [\n    {\n      "e": true\n    }\n  ]\n}\n',
  );
});

test.run();
