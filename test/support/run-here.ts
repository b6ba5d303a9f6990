import { main } from "../../src/main.ts";
import { captureOutput } from "./output.ts";

/** What a command came to. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command inside this process, from the sources, in a folder. */
export async function runHere(
  folder: string,
  ...words: readonly string[]
): Promise<Run> {
  const args = [...words, "--cwd", folder];
  const { result, stdout, stderr } = await captureOutput(() => main(args));
  return { code: result, stdout, stderr };
}
