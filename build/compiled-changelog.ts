import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** Puts the changelog's text in the place of the module that reads it. */
export const compiledChangelog: Plugin = {
  name: "compiled-changelog",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]changelog\.ts$/ }, async () => {
      const file = join(import.meta.dirname, "..", "CHANGELOG.md");
      const text = JSON.stringify(await readFile(file, "utf8"));
      return {
        contents: `export const loadChangelog = async () => ${text};`,
        loader: "js",
      };
    });
  },
};
