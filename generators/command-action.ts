import type { CustomActionFunction, NodePlopAPI } from "plop";
import { main } from "../src/main.ts";

/** The one action of all generators: a command line of the tool itself, so that both do exactly the same. */
const actionName = "create-bento-db";

/** Registers the action; plop's own write actions are not used: they neither check nor undo. */
export function registerAction(plop: NodePlopAPI): void {
  const run: CustomActionFunction = async (answers, config) => {
    const { words } = config as unknown as { words: WordsOf };
    const commandLine = words(answers);
    const exitCode = await main(commandLine);
    if (exitCode !== 0) throw new Error(`ended with exit code ${exitCode}`);
    return commandLine.join(" ");
  };
  plop.setActionType(actionName, run);
}

/** Makes a command line out of the answers. */
export type WordsOf = (answers: Record<string, unknown>) => readonly string[];

/** The action of a generator. */
export function commandAction(words: WordsOf): {
  type: string;
  words: WordsOf;
} {
  return { type: actionName, words };
}
