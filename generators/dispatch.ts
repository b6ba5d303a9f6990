import type { NodePlopAPI } from "node-plop";
import { main } from "../src/main.ts";

/** Runs one command line of the tool in plop's destination; plop itself writes nothing. */
export async function dispatch(
  plop: NodePlopAPI,
  words: readonly string[],
): Promise<string> {
  const exitCode = await main([...words, "--cwd", plop.getDestBasePath()]);
  if (exitCode === 0) return words.slice(0, 2).join(" ");
  throw new Error(`It ended with exit code ${exitCode}; see the words above.`);
}

/** One answer as a word of a command line; a list is separated by commas. */
export function wordOf(answer: unknown): string {
  if (Array.isArray(answer)) return answer.map(String).join(",");
  return typeof answer === "string" ? answer.trim() : "";
}
