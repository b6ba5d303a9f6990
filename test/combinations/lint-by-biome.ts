import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../src/render.ts";
import { root } from "./program.ts";

/** Biome's own defaults, but for the parameter decorators of NestJS, which it reads only when told to. */
const settings = {
  root: true,
  javascript: { parser: { unsafeParameterDecoratorsEnabled: true } },
};

/** Lints texts by Biome's recommended rules; returns its complaints. Each text gets a folder of its own. */
export function lintByBiome(files: readonly RenderedFile[]): readonly string[] {
  const folder = join(root, ".rendered", "biome");
  rmSync(folder, { recursive: true, force: true });
  for (const [index, { path, text }] of files.entries()) {
    const place = join(folder, String(index), path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  writeFileSync(join(folder, "biome.json"), JSON.stringify(settings, null, 2));
  const program = join(root, "node_modules/@biomejs/biome/bin/biome");
  const words = [
    "lint",
    "--error-on-warnings",
    "--diagnostic-level=warn",
    "--vcs-enabled=false",
    ".",
  ];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, ...words],
    { cwd: folder, encoding: "utf8" },
  );
  const output = stdout + stderr;
  const checked = Number(/Checked (\d+) files?/.exec(output)?.[1]);
  if (status !== 0) return [`Biome: ${output}`];
  // With its own settings, which it looks at, too.
  return checked === files.length + 1
    ? []
    : [`Biome: expected ${files.length} files to be checked:\n${output}`];
}
