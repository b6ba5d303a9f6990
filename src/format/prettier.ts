import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Formattable } from "./formattable.ts";

/** The part of Prettier's programming interface that is used; the same in Prettier 2 and 3. */
interface Prettier {
  format(
    text: string,
    options: Readonly<Record<string, unknown>>,
  ): string | Promise<string>;
  resolveConfig(
    file: string,
    options: { readonly editorconfig: boolean },
  ): Promise<Readonly<Record<string, unknown>> | null>;
  getFileInfo(
    file: string,
    options: { readonly ignorePath: string | string[] },
  ): Promise<{ readonly ignored: boolean; readonly inferredParser: unknown }>;
}

/** Formats with the Prettier that is installed in the project, by its configuration and its ignore file. */
export async function formatWithPrettier(
  root: string,
  folder: string,
  files: readonly Formattable[],
): Promise<ReadonlyMap<string, string>> {
  const prettier = await loadPrettier(folder);
  const ignorePath = join(root, ".prettierignore");
  const texts = new Map<string, string>();
  for (const { path, text } of files) {
    const file = join(root, path);
    const info = await prettier.getFileInfo(file, { ignorePath });
    if (info.ignored || typeof info.inferredParser !== "string") {
      texts.set(path, text);
      continue;
    }
    const config = await prettier.resolveConfig(file, { editorconfig: true });
    texts.set(path, await prettier.format(text, { ...config, filepath: file }));
  }
  return texts;
}

/** By its path: the project's Prettier, never one of ours. */
async function loadPrettier(folder: string): Promise<Prettier> {
  const modern = join(folder, "index.mjs");
  const entry = existsSync(modern)
    ? modern
    : createRequire(join(folder, "package.json")).resolve(folder);
  const loaded = (await import(pathToFileURL(entry).href)) as Prettier & {
    readonly default?: Prettier;
  };
  return loaded.default ?? loaded;
}
