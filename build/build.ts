/**
 * Makes the published package: `tsx build/build.ts`.
 *
 * dist/cli.js   the command: prepared texts, else main.js
 * dist/main.js  the tool with everything it uses, in chunks that load when they are needed
 * dist/plop.js  the generators as a plop pack
 * dist/releases what earlier versions emitted
 * dist/sbom.cdx.json and third-party.txt  what the bundle is made of, and its licences
 */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { commands } from "../src/commands/table.ts";
import { toolVersion } from "../src/version.ts";
import { billOfMaterials } from "./bill-of-materials.ts";
import { bundledPackages } from "./bundled-packages.ts";
import { compiledChangelog } from "./compiled-changelog.ts";
import { compiledTemplates } from "./compiled-templates.ts";
import { preparedHelp } from "./prepared-help.ts";
import { prepareTexts } from "./prepared-texts.ts";
import { releasedVersions } from "./release-rules.ts";
import { thirdPartyNotice } from "./third-party-notice.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** Built aside and moved at the end, so that dist/ is never half there. */
const aside = join(root, ".test-cache", `dist-${process.pid}`);

const shared: BuildOptions = {
  absWorkingDir: root,
  outdir: aside,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  // Without this, jsonc-parser's UMD file would be taken, which hides its modules from the bundler.
  mainFields: ["module", "main"],
  alias: { "emoji-regex": "./build/emoji-regex.ts" },
};

/** Bundled CommonJS packages ask for Node's own modules with `require`. */
const requireBanner =
  "import{createRequire as createNodeRequire}from'node:module';const require=createNodeRequire(import.meta.url);";

mkdirSync(aside, { recursive: true });
const { metafile } = await build({
  ...shared,
  entryPoints: { main: "src/cli.ts", plop: "generators/index.ts" },
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  banner: { js: requireBanner },
  plugins: [compiledTemplates, compiledChangelog, preparedHelp],
  metafile: true,
});
const texts = prepareTexts(join(aside, "main.js"), preparedCommandLines());
await build({
  ...shared,
  entryPoints: { cli: "build/entry.ts" },
  external: ["./main.js"],
  banner: { js: "#!/usr/bin/env node" },
  define: { preparedTexts: JSON.stringify(texts) },
});
copyReleases();
const bundled = bundledPackages(metafile);
writeFileSync(join(aside, "third-party.txt"), thirdPartyNotice(bundled));
writeFileSync(join(aside, "sbom.cdx.json"), billOfMaterials(bundled));
rmSync(dist, { recursive: true, force: true });
renameSync(aside, dist);
printSizes();

/** What earlier versions emitted, so that their layers can be recognised. */
function copyReleases(): void {
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const earlier = releasedVersions(changelog).filter((v) => v !== toolVersion);
  mkdirSync(join(aside, "releases"), { recursive: true });
  for (const version of earlier) {
    const name = `${version}.json.br`;
    copyFileSync(
      join(root, "test/releases", name),
      join(aside, "releases", name),
    );
  }
}

function preparedCommandLines(): readonly (readonly string[])[] {
  const names = commands.map(({ name }) => name.split(" "));
  return [
    ["--version"],
    ["--help"],
    ["-h"],
    ...names.map((words) => [...words, "--help"]),
  ];
}

function printSizes(): void {
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .map((name) => ({ name, size: statSync(join(dist, name)).size }))
    .filter(({ name }) => name.endsWith(".js"));
  for (const { name, size } of files) {
    console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  dist/${name}`);
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  in all`);
}
