import { parseCommandLine } from "./commands/parse-command-line.ts";
import type { Invocation } from "./commands/command.ts";
import { workingFolder, type CommandResult } from "./commands/context.ts";
import { runCommand } from "./commands/run.ts";
import { cancelled, type ExitCode } from "./errors.ts";
import { failureJson, failureText, exitCodeOf } from "./failure.ts";
import { fit } from "./fit.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { toolVersion } from "./version.ts";

const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs one command line and resolves to the exit code; everything is printed by then. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal(process.env);
  try {
    if (argv[0] === "--complete") {
      const { completeWords } = await import("./commands/complete-words.ts");
      terminal.print(`${completeWords(argv.slice(1)).join("\n")}\n`);
      return 0;
    }
    const invocation = parseCommandLine(argv);
    const result = await answer(invocation, terminal);
    const json = invocation.flags.json === true;
    terminal.print(json ? document(result.json) : shown(result, terminal));
    return result.exitCode;
  } catch (error) {
    if (argv.includes("--json")) terminal.print(document(failureJson(error)));
    else {
      const text = failureText(error, argv.includes("--verbose"));
      terminal.say(fit(text, terminal.columns));
    }
    return exitCodeOf(error);
  }
}

async function answer(
  invocation: Invocation,
  terminal: Terminal,
): Promise<CommandResult> {
  const { flags, command } = invocation;
  if (flags.version === true) {
    const json = { version: toolVersion };
    return { exitCode: 0, json, text: `${toolVersion}\n` };
  }
  if (flags.help === true) {
    const { renderHelp } = await import("./commands/help.ts");
    const { layOutHelp } = await import("./commands/lay-out-help.ts");
    const text = layOutHelp(await renderHelp(command), terminal.columns);
    return { exitCode: 0, json: { help: text }, text };
  }
  const abort = new AbortController();
  const end = (): void => {
    abort.abort(cancelled());
  };
  for (const name of endingSignals) process.on(name, end);
  try {
    return await runCommand({
      invocation,
      terminal,
      env: process.env,
      cwd: workingFolder(invocation, process.cwd()),
      signal: abort.signal,
    });
  } finally {
    for (const name of endingSignals) process.off(name, end);
  }
}

function shown({ text, verbatim }: CommandResult, terminal: Terminal): string {
  return verbatim === true ? text : fit(text, terminal.columns);
}

function document(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
