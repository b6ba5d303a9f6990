/**
 * Keeps what a version emits under `test/releases/`, for adopting and for the tests of upgrades:
 *
 *     npm run release:snapshot                          this version, before it is released
 *     npm run release:snapshot <version> <folder>       another version from a checkout of it
 *
 * The same templates give the same file; one that says the same already is left alone.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Answers } from "../src/answers.ts";
import {
  collectSnapshot,
  packSnapshot,
  unpackSnapshot,
  type Output,
} from "../src/releases/snapshot.ts";
import type { RenderedFile, Templates } from "../src/render.ts";
import type { Json } from "../src/render/print-json.ts";
import { toolVersion } from "../src/version.ts";
import { releaseAnswers } from "./release-answers.ts";
import { releasedVersions } from "./release-rules.ts";

const root = join(import.meta.dirname, "..");
const [version = toolVersion, source = root] = process.argv.slice(2);

/** The modules that render; a checkout brings its own. */
interface Renderer {
  readonly loadTemplates: () => Promise<Templates>;
  readonly renderProject: (
    answers: Answers,
    templates: Templates,
  ) => readonly RenderedFile[];
  readonly packageFragment: (answers: Answers) => Record<string, Json>;
  readonly printJson: (value: Json) => string;
}

const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
const file = join(root, "test/releases", `${version}.json.br`);
if (existsSync(file) && releasedVersions(changelog).includes(version)) {
  console.error(
    `${version} is released, so what it emits cannot change: raise the version in package.json first.`,
  );
  process.exit(1);
}

const renderer = await loadRenderer(resolve(source));
const templates = await renderer.loadTemplates();
const snapshot = collectSnapshot(version, render(renderer, templates));
const same =
  existsSync(file) &&
  JSON.stringify(unpackSnapshot(readFileSync(file))) ===
    JSON.stringify(snapshot);
if (!same) writeFileSync(file, packSnapshot(snapshot));
console.log(
  `${version}: ${snapshot.outputs.length} answers, ${snapshot.files.length} different files${same ? ", as before" : ""}`,
);

/** One after the other: all of them at once would need gigabytes. */
function* render(renderer: Renderer, templates: Templates): Generator<Output> {
  for (const answers of releaseAnswers()) {
    yield {
      answers,
      files: renderer.renderProject(answers, templates),
      fragment: {
        id: "package.json",
        path: "package.json",
        text: renderer.printJson(renderer.packageFragment(answers)),
        owner: "tool",
        merge: "keys",
      },
    };
  }
}

async function loadRenderer(folder: string): Promise<Renderer> {
  const modules = await Promise.all(
    [
      "src/templates.ts",
      "src/render.ts",
      "src/requirements/package-json.ts",
      "src/render/print-json.ts",
    ].map(
      (name) =>
        import(pathToFileURL(join(folder, name)).href) as Promise<object>,
    ),
  );
  return Object.assign({}, ...modules) as Renderer;
}
