import { readBlocks } from "../test/support/doc-blocks.ts";

/**
 * The commands that README.md begins with: how to start, and what to ask the application. Nobody is there to answer the
 * tool's questions, so it gets the flag that README.md has for that.
 */
export function demoCommands(readme: string): readonly string[] {
  const [start, ask] = readBlocks(readme).filter(
    ({ language }) => language === "sh",
  );
  if (start === undefined || ask === undefined)
    throw new Error("README.md: expected two blocks of commands at its start.");
  return (start.code + ask.code)
    .trim()
    .split("\n")
    .map((line) => line.replace(/^npm create .*$/, "$& -- --yes"));
}
