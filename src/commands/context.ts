import { resolve } from "node:path";
import type { ExitCode } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import type { Invocation } from "./command.ts";

/** What a command works with. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Absolute; `--cwd` or the process's own. */
  readonly cwd: string;
  /** Aborted by Ctrl-C; its reason is the error to end with. */
  readonly signal: AbortSignal;
}

/** What a command has to say: `json` with `--json`, else `text`. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The text is code, whose lines are not broken in a narrow terminal. */
  readonly verbatim?: boolean;
}

/** Whether a switch is on. */
export function isOn({ invocation }: CommandContext, flag: string): boolean {
  return invocation.flags[flag] === true;
}

/** Whether the command shall only show what it would do. */
export function isDryRun(context: CommandContext): boolean {
  return isOn(context, "dry-run") || isOn(context, "diff");
}

/** The folder to work in. */
export function workingFolder(invocation: Invocation, cwd: string): string {
  const given = invocation.flags.cwd;
  return typeof given === "string" ? resolve(cwd, given) : cwd;
}
