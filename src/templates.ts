import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseTemplate } from "./render/parse-template.ts";
import type { Templates } from "./render.ts";

/** What lies in `templates/` for the repository's own use and is never emitted. */
const notEmitted = new Set(["tsconfig.json"]);

const folder = join(import.meta.dirname, "..", "templates");

/** Reads and parses all templates; the published bundle has them compiled instead, and this module not at all. */
export async function loadTemplates(): Promise<Templates> {
  const names = await templateNames();
  const entries = await Promise.all(
    names.map(async (name) => {
      const source = await readFile(join(folder, name), "utf8");
      return [name, parseTemplate(name, source)] as const;
    }),
  );
  return new Map(entries);
}

/** The names of all templates, relative to `templates/`, with forward slashes and sorted. */
export async function templateNames(): Promise<readonly string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => path.slice(folder.length + 1).replaceAll("\\", "/"))
    .filter((name) => !notEmitted.has(name))
    .sort();
}
