/**
 * Compares the tool and the layer with others, side by side in one run, and prints the ratios and our targets.
 *
 *     tsx bench/run.ts [--quick] [section …]
 */
import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { compiledTemplates } from "../build/compiled-templates.ts";
import { PostgresServer } from "../test/support/postgres-server.ts";
import {
  isMet,
  renderSection,
  renderTargets,
  type SectionOptions,
  type SectionResult,
} from "./report.ts";

const root = join(import.meta.dirname, "..");
const sections = readdirSync(join(root, "bench/sections"))
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const quick = process.argv.includes("--quick");
const unknown = wanted.filter((name) => !sections.includes(name));
if (unknown.length > 0) {
  console.error(
    `Expected sections among ${sections.join(", ")}, got ${unknown.join(", ")}.`,
  );
  process.exit(2);
}

const server = await PostgresServer.start();
const cache = join(root, ".test-cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "bench-"));
// The releases' snapshots lie beside the code, wherever that is.
symlinkSync(join(root, "test/releases"), join(folder, "releases"), "junction");
try {
  const targets = [];
  for (const name of wanted.length > 0 ? wanted : sections) {
    const database = `bench_${name.replaceAll("-", "_")}`;
    await server.query(`CREATE DATABASE ${database}`);
    const result = await runSection(name, {
      quick,
      postgresUrl: server.url(database),
    });
    console.log(renderSection(result));
    targets.push(...result.targets);
  }
  if (targets.length > 0) console.log(renderTargets(targets));
  if (quick) console.log("\nA quick run: not figures to quote.");
  else if (!targets.every(isMet)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  await server.remove();
}

/** Each section runs in a plain Node process of its own, compiled: a loader would cost CPU that nobody else pays. */
async function runSection(
  name: string,
  options: SectionOptions,
): Promise<SectionResult> {
  const outfile = join(folder, `${name}.js`);
  await build({
    stdin: {
      contents: `import { run } from "./bench/sections/${name}.ts";
const result = await run(JSON.parse(process.argv[2]));
process.stdout.write(JSON.stringify(result), () => process.exit(0));`,
      resolveDir: root,
    },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    outfile,
    logLevel: "error",
    plugins: [compiledTemplates],
  });
  const child = spawn(
    process.execPath,
    ["--expose-gc", outfile, JSON.stringify(options)],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));
  const output = await text(child.stdout);
  const code = await ended;
  if (code !== 0)
    throw new Error(`The section ${name} ended with code ${String(code)}.`);
  return JSON.parse(output) as SectionResult;
}
