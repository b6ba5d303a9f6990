import type { Plugin } from "esbuild";
import { renderHelp } from "../src/commands/help.ts";
import { commands } from "../src/commands/table.ts";

/** Puts the finished help texts in the place of the module that lays them out: yargs need not be published for that. */
export const preparedHelp: Plugin = {
  name: "prepared-help",
  setup(build) {
    build.onLoad({ filter: /[\\/]commands[\\/]help\.ts$/ }, async () => ({
      contents: await textModule(),
      loader: "js",
    }));
  },
};

async function textModule(): Promise<string> {
  const texts: Record<string, string> = {};
  for (const { name } of commands) texts[name] = await renderHelp(name);
  return `
    const texts = ${JSON.stringify(texts)};
    export const renderHelp = async (name) => texts[name];
  `;
}
