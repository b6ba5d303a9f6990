import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as prettier from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { recordSession } from "../../build/session.ts";
import { type Answers, parseAnswers } from "../../src/answers.ts";
import { choices } from "../../src/answers/choices.ts";
import { questions } from "../../src/questions.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import { rows } from "../matrix/rows.ts";
import { windowsSection } from "../matrix/windows.ts";
import { readAnchors, readBlocks, readLinks } from "../support/doc-blocks.ts";

const root = join(import.meta.dirname, "../..");

const documents = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
];

const templates = await loadTemplates();

function read(name: string): string {
  return readFileSync(join(root, name), "utf8");
}

function render(answers: Partial<Answers>): Map<string, string> {
  const parsed = parseAnswers(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const files = renderProject(parsed.answers, templates);
  return new Map(files.map(({ path, text }) => [path, text]));
}

test("documents – every link leads to a file and heading that exist", () => {
  for (const name of documents) {
    const missing = readLinks(read(name))
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => {
        const [path = "", anchor] = target.split("#", 2);
        const file = path === "" ? name : join(dirname(name), path);
        if (!existsSync(join(root, file))) return true;
        return (
          anchor !== undefined && !readAnchors(read(file)).includes(anchor)
        );
      });
    assert.equal(missing, [], name);
  }
});

test("documents – keep to their length", () => {
  const limits = { "README.md": 150, "CONTRIBUTING.md": 60 };
  for (const [name, limit] of Object.entries(limits)) {
    assert.ok(read(name).split("\n").length - 1 <= limit, name);
  }
});

test("documents – name only scripts that package.json has", () => {
  const { scripts } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
  };
  const ofProjects = /^(?:start|db:\w+)$/;
  for (const name of documents) {
    const named = [...read(name).matchAll(/\bnpm run ([\w:-]+)/g)]
      .map((match) => match[1] ?? "")
      .filter((script) => !ofProjects.test(script));
    for (const script of named)
      assert.ok(script in scripts, `${name}: ${script}`);
  }
});

test("README – its tree is the folder that is emitted", () => {
  const [block] = readBlocks(read("README.md")).filter(({ code }) =>
    code.startsWith("infrastructure/database/\n"),
  );
  const shown = treeNames(block?.code ?? "");
  const emitted = layerEntries(render({}));
  assert.equal(
    shown.filter((name) => !emitted.includes(name)),
    [],
  );
});

test("README – its table names the flags that the tool has", () => {
  const table = read("README.md").match(/^\|.*\|$/gm) ?? [];
  const named = table.flatMap((row) => /`--([a-z-]+)`/.exec(row)?.[1] ?? []);
  const flags = questions.map(({ flag }) => flag);
  const rare = ["name", "import-extension"];
  assert.equal(
    named.filter((flag) => flag !== "without").sort(),
    flags.filter((flag) => !rare.includes(flag)).sort(),
  );
});

test("CONTRIBUTING – its map shows folders that exist", () => {
  const [block] = readBlocks(read("CONTRIBUTING.md")).filter(
    ({ language }) => language === "text",
  );
  const folders = [
    ...(block?.code ?? "").matchAll(/(?:^|\s)([a-z]+\/[a-z]*)/g),
  ];
  assert.ok(folders.length > 5);
  for (const [, folder = ""] of folders) {
    assert.ok(existsSync(join(root, folder)), folder);
  }
});

test("compatibility – lists every row of the matrix, and none that failed", () => {
  const page = read("docs/compatibility.md");
  const results = page.match(/^\| \d+.*\| (?:passed|not run) +\|$/gm) ?? [];
  assert.is(results.length, rows.length);
  for (const { node, manager } of rows) {
    const [name = "", version = ""] = manager.split("@");
    const row = new RegExp(`^\\| ${node}\\S* +\\| ${name} ${version}\\.`, "m");
    assert.match(page, row);
  }
});

test("compatibility – says of Windows what its generator says", () => {
  assert.ok(read("docs/compatibility.md").endsWith(windowsSection));
});

test("README – its recorded session is what the program prints, but for the number of files", () => {
  const counted = (svg: string): string =>
    svg.replaceAll(/\d+ files?|@\d[\w.-]+/g, "");
  assert.is(counted(read("docs/session.svg")), counted(recordSession()));
});

test("README of the layer – its map is complete and shows nothing else", () => {
  for (const parts of [choices.parts, []] as const) {
    const files = render({ parts });
    const readme = files.get("infrastructure/database/README.md") ?? "";
    const shown = treeNames(readBlocks(readme)[0]?.code ?? "");
    assert.equal(
      shown.sort(),
      layerEntries(files).filter((name) => name !== "README.md"),
    );
  }
});

test("emitted READMEs – speak of what was chosen only, cleanly formatted, with links that lead somewhere", async () => {
  const seen = new Set<string>();
  for (const answers of readmeAnswers()) {
    const files = render(answers);
    for (const [path, text] of files) {
      if (!path.endsWith(".md") || seen.has(text)) continue;
      seen.add(text);
      const label = `${path} for ${JSON.stringify(answers)}`;
      assert.ok(await prettier.check(text, { parser: "markdown" }), label);
      assert.not.match(text, /\{\{|\}\}/, label);
      for (const word of absentWords(answers))
        assert.is(word.exec(text), null, `${label}: ${String(word)}`);
      for (const target of readLinks(text)) {
        assert.ok(
          files.has(join(dirname(path), target)),
          `${label}: ${target}`,
        );
      }
    }
  }
  assert.ok(seen.size > 40, `${seen.size} different texts`);
});

function* readmeAnswers(): Generator<Partial<Answers>> {
  const databases = [["sqlite"], ["postgres"], ["sqlite", "postgres"]] as const;
  const examples = ["none", "http"] as const;
  for (let mask = 0; mask < 2 ** choices.parts.length; mask += 1) {
    const parts = choices.parts.filter((_, bit) => (mask & (1 << bit)) !== 0);
    for (const chosen of databases) {
      for (const example of examples)
        yield { parts, databases: chosen, example };
    }
  }
}

/** Words that only a part or database that was left out can explain. */
function absentWords({
  parts = [],
  databases = [],
}: Partial<Answers>): RegExp[] {
  const words: readonly [boolean, RegExp][] = [
    [parts.includes("sessions"), /\bsessions?\b/i],
    [parts.includes("resilience"), /retry|in doubt/i],
    [parts.includes("draining"), /drain/i],
    [parts.includes("migrations"), /migrat|db:/i],
    [parts.includes("observability"), /observab|prometheus|metric/i],
    [databases.includes("sqlite"), /sqlite/i],
    [databases.includes("postgres"), /postgres|pgbouncer/i],
  ];
  return words.filter(([chosen]) => !chosen).map(([, word]) => word);
}

/** The first word of each line of a tree, without the root and trailing slashes. */
function treeNames(tree: string): string[] {
  return tree
    .split("\n")
    .filter((line) => line !== "" && !/^\S+\/$/.test(line))
    .map((line) => (line.trim().split(/\s+/)[0] ?? "").replace(/\/$/, ""));
}

/** The files and folders directly in the layer's folder, sorted. */
function layerEntries(files: ReadonlyMap<string, string>): string[] {
  const prefix = "infrastructure/database/";
  const names = [...files.keys()]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split("/")[0] ?? "");
  return [...new Set(names)].sort();
}

test.run();
