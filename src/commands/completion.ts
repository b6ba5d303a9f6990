import type { CommandResult } from "./context.ts";
import { completionProgram } from "./help.ts";

/** The script that a shell reads to complete command lines; it asks this program for the words. */
export async function runCompletion(): Promise<CommandResult> {
  const lines: string[] = [];
  const print = console.log;
  // yargs prints the script and has no other way to give it.
  console.log = (text: string) => void lines.push(text);
  try {
    await Promise.resolve(completionProgram().showCompletionScript());
  } finally {
    console.log = print;
  }
  const text = `${lines.join("\n")}\n`;
  return { exitCode: 0, json: { script: text }, text };
}
