import { readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { importedModules } from "../../src/render/import-statements.ts";
import { resolveSpecifier } from "../../src/render/specifiers.ts";

const root = join(import.meta.dirname, "../..");

/** What decides without touching the world: no file system, no process, no terminal. */
const pure = [
  /^src\/(?:answers|features|flags|plan|questions|record|merge|render|requirements|tags)\.ts$/,
  /^src\/(?:answers|features|merge|plan|record|render|requirements)\//,
  /^src\/upgrade\/(?:plan-[a-z-]+|text-dress)\.ts$/,
  /^src\/write\/change\.ts$/,
  /^src\/project\/(?:json-text|lines|package-json|yaml-allow)\.ts$/,
];

const worldly =
  /^(?:node:(?:fs|process|child_process|net|http|os|readline|tty)|plop|node-plop|yargs|@clack)/;

/** A name that says nothing of what is in the file; a package manager is one. */
const emptyName =
  /(?:^|(?<!package)-)(?:utils?|helpers?|common|manager|handler|misc|data|process)(?:-|\.ts$)/;

const code = ["src", "generators", "build"].flatMap(list);
const all = [...code, ...["templates"].flatMap(list)];
const texts = new Map(
  all.map((path) => [path, readFileSync(join(root, path), "utf8")]),
);

function list(folder: string): string[] {
  return readdirSync(join(root, folder), {
    recursive: true,
    encoding: "utf8",
  })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(".ts"));
}

/** Modules that a file imports for their values, the ones loaded later included. */
function imports(path: string): readonly string[] {
  const text = texts.get(path) ?? "";
  return importedModules(text.replaceAll(/^(?:im|ex)port type [^;]*;$/gm, ""));
}

function neighbours(path: string): readonly string[] {
  return imports(path)
    .filter((module) => module.startsWith("."))
    .map((module) => resolveSpecifier(path, module));
}

test("house – no file is longer than 200 lines", () => {
  const long = all
    .map((path) => [path, texts.get(path)?.split("\n").length ?? 0] as const)
    .filter(([, lines]) => lines > 201);
  assert.equal(long, []);
});

test("house – files are named in kebab-case after what is in them", () => {
  const odd = all
    .map((path) => basename(path))
    .filter(
      (name) =>
        !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/.test(name) || emptyName.test(name),
    );
  assert.equal(odd, []);
});

test("house – what decides imports nothing of the world", () => {
  const wrong = code
    .filter((path) => pure.some((pattern) => pattern.test(path)))
    .flatMap((path) =>
      imports(path)
        .filter((module) => worldly.test(module))
        .map((module) => `${path} imports ${module}`),
    );
  assert.equal(wrong, []);
});

test("house – what decides imports only what decides", () => {
  const isPure = (path: string): boolean =>
    pure.some((pattern) => pattern.test(path));
  const wrong = code.filter(isPure).flatMap((path) =>
    neighbours(path)
      .filter((imported) => !isPure(imported))
      .map((imported) => `${path} imports ${imported}`),
  );
  assert.equal(wrong, []);
});

test("house – steps import backwards: answers, plan, render, record", () => {
  const order = ["answers", "tags", "features", "plan", "render", "record"];
  const rank = (path: string): number =>
    order.indexOf(/^src\/(\w+)/.exec(path)?.[1] ?? "");
  const wrong = code
    .filter((path) => rank(path) >= 0)
    .flatMap((path) =>
      neighbours(path)
        .filter((imported) => rank(imported) > rank(path))
        .map((imported) => `${path} imports ${imported}`),
    );
  assert.equal(wrong, []);
});

test("house – no module imports itself through others", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    } else if (!done.has(path)) {
      for (const next of neighbours(path)) visit(next, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of all) visit(path, []);
  assert.equal(cycles, []);
});

test("house – only the entry and the generators use the command line's main", () => {
  const wrong = code
    .filter((path) => neighbours(path).includes("src/main.ts"))
    .filter((path) => path !== "src/cli.ts" && !path.startsWith("generators/"));
  assert.equal(wrong, []);
});

test.run();
