import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allowInPackageJson,
  editPackageJson,
} from "../../src/project/package-json.ts";
import {
  environmentLines,
  ignoreLines,
  mergeLines,
} from "../../src/project/lines.ts";
import { completeTsConfig } from "../../src/project/tsconfig-edit.ts";
import type { TsConfig } from "../../src/project/tsconfig.ts";
import { allowInYaml } from "../../src/project/yaml-allow.ts";
import type { Requirements } from "../../src/requirements.ts";
import { unifiedDiff } from "../../src/report/unified-diff.ts";

const wanted: Requirements = {
  dependencies: { pg: "^8.21.0", sequelize: "^6.37.8", umzug: "^3.8.3" },
  devDependencies: { "@types/pg": "^8.23.1", tsx: "^4.23.15" },
  scripts: [
    { name: "test", command: "uvu", otherwise: "test:database" },
    { name: "typecheck", command: "tsc --noEmit" },
    { name: "db:migrate", command: "migrate" },
  ],
  allowForms: [],
  compilerOptions: {},
};

/** The lines that an edit took away and added; a comma at the end of a line does not count. */
function changedLines(
  before: string,
  after: string,
): { removed: string[]; added: string[] } {
  const lines = (text: string): string[] =>
    text.split(/\r?\n/).map((line) => line.replace(/,$/, ""));
  const old = lines(before);
  const now = lines(after);
  return {
    removed: old.filter((line) => !now.includes(line)),
    added: now.filter((line) => !old.includes(line)),
  };
}

const odd =
  '{\r\n    "name": "odd",\r\n    "inline": {"b":1,  "a":2},\r\n    "scripts": {\r\n        "build": "tsc",\r\n        "test": "jest"\r\n    },\r\n    "dependencies": {\r\n        "zod": "^3",\r\n        "express": "^5"\r\n    },\r\n    "author": "me"\r\n}';

test("package.json – line endings, indentation, order, inline objects and the missing last newline are kept", () => {
  const { text } = editPackageJson(odd, wanted);
  assert.not.match(text, /[^\r]\n/);
  assert.not.match(text, /\n$/);
  assert.ok(text.includes('"inline": {"b":1,  "a":2},'));
  assert.match(text, /\r\n {8}"pg": "\^8\.21\.0"/);
  const { removed, added } = changedLines(odd, text);
  assert.equal(removed, []);
  assert.is(added.length, 3 + 3 + 2 + 1, added.join("\n"));
  const values = JSON.parse(text) as Record<string, Record<string, string>>;
  assert.equal(Object.keys(values), [
    "name",
    "inline",
    "scripts",
    "dependencies",
    "devDependencies",
    "author",
  ]);
  assert.equal(Object.keys(values.dependencies ?? {}), [
    "zod",
    "express",
    "pg",
    "sequelize",
    "umzug",
  ]);
});

test("package.json – a sorted list stays sorted, tabs stay tabs, a byte order mark stays", () => {
  const text =
    '\uFEFF{\n\t"name": "x",\n\t"dependencies": {\n\t\t"express": "^5",\n\t\t"zod": "^3"\n\t}\n}\n';
  const edit = editPackageJson(text, wanted);
  assert.ok(edit.text.startsWith("\uFEFF{\n\t"));
  assert.match(
    edit.text,
    /express.*\n\t\t"pg".*\n\t\t"sequelize".*\n\t\t"umzug".*\n\t\t"zod"/,
  );
  assert.match(edit.text, /\n$/);
});

test("package.json – no script is overwritten, the other name is taken and said", () => {
  const edit = editPackageJson(odd, wanted);
  const { scripts } = JSON.parse(edit.text) as {
    scripts: Record<string, string>;
  };
  assert.is(scripts.test, "jest");
  assert.is(scripts["test:database"], "uvu");
  assert.equal(edit.scripts, ["test:database", "typecheck", "db:migrate"]);
  assert.match(edit.notes.join(), /Your script "test" stays.*"test:database"/);
});

test("package.json – both names taken: the script is left out and its command is said", () => {
  const text =
    '{ "scripts": { "test": "a", "test:database": "b", "typecheck": "c" } }';
  const edit = editPackageJson(text, wanted);
  assert.equal(edit.scripts, ["db:migrate"]);
  assert.is(edit.notes.length, 2);
  assert.match(edit.notes.join(), /the layer's is: tsc --noEmit/);
});

test("package.json – a second edit changes nothing", () => {
  const once = editPackageJson(odd, wanted);
  const twice = editPackageJson(once.text, wanted);
  assert.is(twice.text, once.text);
  assert.equal([...twice.packages, ...twice.scripts], []);
});

test("package.json – the user's versions stay; another major and a development dependency are told", () => {
  const text = `{
  "dependencies": { "sequelize": "^5.0.0", "umzug": "workspace:*" },
  "devDependencies": { "pg": "^8.0.0" }
}
`;
  const edit = editPackageJson(text, wanted);
  assert.ok(
    edit.text.includes('"sequelize": "^5.0.0", "umzug": "workspace:*"'),
  );
  assert.match(edit.notes.join("\n"), /Your sequelize \^5\.0\.0 stays.*\^6/);
  assert.match(edit.notes.join("\n"), /pg is in devDependencies/);
  assert.equal(edit.packages, ["@types/pg", "tsx"]);
});

test("package.json – from almost nothing", () => {
  for (const text of ["{}", "{}\n", '{"name":"x"}', '{\n  "name": "x"\n}\n']) {
    const values = JSON.parse(editPackageJson(text, wanted).text) as Record<
      string,
      Record<string, string>
    >;
    assert.is(values.scripts?.test, "uvu", text);
    assert.is(values.dependencies?.pg, "^8.21.0", text);
  }
});

test("install scripts – each manager's form, added to what is there", () => {
  const npm = allowInPackageJson(
    '{\n  "allowScripts": {\n    "a": true\n  }\n}\n',
    [{ file: "package.json", keys: ["allowScripts", "sqlite3"], value: true }],
  );
  assert.equal(JSON.parse(npm), { allowScripts: { a: true, sqlite3: true } });
  const refused = '{ "allowScripts": { "sqlite3": false } }';
  assert.is(
    allowInPackageJson(refused, [
      { file: "package.json", keys: ["allowScripts", "sqlite3"], value: true },
    ]),
    refused,
  );
  const yarn = allowInPackageJson("{}", [
    {
      file: "package.json",
      keys: ["dependenciesMeta", "sqlite3", "built"],
      value: true,
    },
  ]);
  assert.equal(JSON.parse(yarn), {
    dependenciesMeta: { sqlite3: { built: true } },
  });
  const bun = allowInPackageJson('{ "trustedDependencies": ["x"] }', [
    {
      file: "package.json",
      keys: ["trustedDependencies"],
      value: ["esbuild", "sqlite3"],
    },
  ]);
  assert.equal(JSON.parse(bun), {
    trustedDependencies: ["x", "esbuild", "sqlite3"],
  });
});

test("pnpm-workspace.yaml – the permission goes into the block, the flow map, or to the end", () => {
  const forms = [
    {
      file: "pnpm-workspace.yaml",
      keys: ["allowBuilds", "sqlite3"],
      value: true,
    },
  ] as const;
  const cases: readonly (readonly [string, string])[] = [
    ["", "allowBuilds:\n  sqlite3: true\n"],
    [
      "packages:\n  - packages/*\n",
      "packages:\n  - packages/*\n\nallowBuilds:\n  sqlite3: true\n",
    ],
    [
      "allowBuilds:\n    # why\n    esbuild: true\n\npackages:\n  - a\n",
      "allowBuilds:\n    # why\n    esbuild: true\n    sqlite3: true\n\npackages:\n  - a\n",
    ],
    ["allowBuilds: {}\n", "allowBuilds: { sqlite3: true }\n"],
    [
      "allowBuilds: { esbuild: true } # x\n",
      "allowBuilds: { esbuild: true, sqlite3: true } # x\n",
    ],
    ["allowBuilds:\n  sqlite3: false\n", "allowBuilds:\n  sqlite3: false\n"],
    [
      "allowBuilds:\r\n  a: true\r\n",
      "allowBuilds:\r\n  a: true\r\n  sqlite3: true\r\n",
    ],
    ["catalog:\n  a: 1", "catalog:\n  a: 1\n\nallowBuilds:\n  sqlite3: true\n"],
  ];
  for (const [before, after] of cases) {
    assert.is(allowInYaml(before, forms), after);
  }
});

test(".env.example – only missing variables come, with their comments, in the file's line endings", () => {
  const ours = "# Where\nDB_URL=sqlite:///app.db\n\n# Size\n# DB_POOL_SIZE=5\n";
  const merge = (theirs: string): string =>
    mergeLines(theirs, ours, environmentLines);
  assert.is(merge(""), ours);
  assert.is(merge("PORT=1\n"), `PORT=1\n\n${ours}`);
  assert.is(merge("PORT=1"), `PORT=1\n\n${ours}`);
  assert.is(
    merge("export DB_URL=x\n"),
    "export DB_URL=x\n\n# Size\n# DB_POOL_SIZE=5\n",
  );
  assert.is(
    merge("PORT=1\r\n"),
    `PORT=1\r\n\r\n${ours.replaceAll("\n", "\r\n")}`,
  );
  assert.is(merge(merge("PORT=1\n")), merge("PORT=1\n"));
});

test(".gitignore – a pattern in another spelling is there already", () => {
  const ours = "node_modules/\ndist/\n.env\n*.db\n";
  assert.is(
    mergeLines("/dist\nnode_modules\n", ours, ignoreLines),
    "/dist\nnode_modules\n\n.env\n*.db\n",
  );
});

/** A configuration whose options are these, in the file itself. */
function configOf(options: Readonly<Record<string, unknown>>): TsConfig {
  return { options, include: undefined, files: undefined, rootDir: undefined };
}

test("tsconfig.json – Node's types are added only where they would be missing", () => {
  const modern = { target: "es2022" };
  const listed =
    '{\n  // mine\n  "compilerOptions": { "types": ["jest"] }\n}\n';
  const add = (text: string, types: unknown, version: string): string =>
    completeTsConfig(
      text,
      configOf({ ...modern, ...(types === undefined ? {} : { types }) }),
      version,
    );
  assert.is(
    add(listed, ["jest"], "5.9.3"),
    listed.replace('["jest"]', '["jest", "node"]'),
  );
  for (const types of [["node"], ["*"], ["jest", "node"]]) {
    assert.is(add(listed, types, "6.0.0"), listed);
  }
  const none = '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n';
  assert.is(add(none, undefined, "5.9.3"), none);
  assert.match(add(none, undefined, "6.0.3"), /"types": \[\s*"node"\s*\]/);
  assert.match(add(none, ["jest"], "6.0.3"), /"jest",\s*"node"/);
});

test("tsconfig.json – what a framework requires is added once", () => {
  const text = '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n';
  const required = { experimentalDecorators: true };
  const options = { strict: true, target: "es2023" };
  const edited = completeTsConfig(text, configOf(options), "5.9.3", required);
  assert.is(
    edited,
    '{\n  "compilerOptions": {\n    "strict": true,\n    "experimentalDecorators": true\n  }\n}\n',
  );
  const now = configOf({ ...options, ...required });
  assert.is(completeTsConfig(edited, now, "5.9.3", required), edited);
});

test("tsconfig.json – the library of ES2022 is added where it would be missing, and takes nothing away", () => {
  const none = '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n';
  const add = (options: Readonly<Record<string, unknown>>, version: string) =>
    completeTsConfig(none, configOf({ types: ["node"], ...options }), version);
  for (const target of ["es2016", "ES2021", "es5", undefined]) {
    const options = target === undefined ? {} : { target };
    assert.match(
      add(options, "5.9.3"),
      /"lib": \[\s*"dom",\s*"dom\.iterable",\s*"es2022"\s*\]/,
    );
  }
  for (const options of [
    { target: "es2022" },
    { target: "ESNext" },
    { module: "NodeNext" },
    { target: "es5", lib: ["ES2023"] },
    { lib: ["esnext.disposable", "es2024"] },
  ]) {
    assert.is(add(options, "5.9.3"), none, JSON.stringify(options));
  }
  assert.is(add({}, "6.0.3"), none);
  const own = '{ "compilerOptions": { "lib": ["es2019"] } }\n';
  assert.is(
    completeTsConfig(own, configOf({ lib: ["es2019"] }), "5.9.3"),
    '{ "compilerOptions": { "lib": ["es2019", "es2022"] } }\n',
  );
});

test("diff – in the unified format", () => {
  assert.is(unifiedDiff("a", "same\n", "same\n"), "");
  assert.is(
    unifiedDiff("a", null, "x\ny\n"),
    "--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+x\n+y\n",
  );
  assert.is(
    unifiedDiff(
      "a",
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
      "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
    ),
    "--- a/a\n+++ b/a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
  );
  assert.match(
    unifiedDiff("a", "x", "x\n"),
    /-x\n\\ No newline at end of file\n\+x\n/,
  );
});

test.run();
