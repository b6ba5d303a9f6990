import type { Plugin } from "esbuild";
import { loadTemplates } from "../src/templates.ts";

/** Puts the compiled templates in the place of the module that reads and parses them. */
export const compiledTemplates: Plugin = {
  name: "compiled-templates",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]templates\.ts$/ }, async () => ({
      contents: await compiledModule(),
      loader: "js",
    }));
  },
};

async function compiledModule(): Promise<string> {
  const templates = await loadTemplates();
  // JSON in a string is read faster than the same value as code.
  const json = JSON.stringify(JSON.stringify([...templates]));
  return `
    const templates = new Map(JSON.parse(${json}));
    export const loadTemplates = async () => templates;
    export const templateNames = async () => [...templates.keys()];
  `;
}
