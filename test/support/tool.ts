import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What a run of the tool came to. */
export interface ToolRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the tool reads: nothing at once (the default), a text, or a pipe that stays open. */
  readonly stdin?: "nothing" | "open" | { readonly text: string };
  /** Flags for Node.js, such as `--require <file>`. */
  readonly node?: readonly string[];
  readonly timeoutMs?: number;
}

/** Runs the command line in a process of its own, without a terminal and without the variables of a package manager. */
export function runTool(
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolRun> {
  return startTool(args, options).ended;
}

/** The same for a test that has something to say to the process meanwhile. */
export function startTool(
  args: readonly string[],
  options: ToolOptions,
): { readonly child: ChildProcess; readonly ended: Promise<ToolRun> } {
  const { stdin = "nothing", node = [], timeoutMs = 120_000 } = options;
  const child = spawn(process.execPath, [...node, ...program(), ...args], {
    cwd: options.cwd,
    env: { ...plainEnvironment(), ...options.env },
    stdio: [stdin === "nothing" ? "ignore" : "pipe", "pipe", "pipe"],
  });
  if (typeof stdin === "object") child.stdin?.end(stdin.text);
  return { child, ended: collect(child, timeoutMs) };
}

/** What a process says, and how it ends. */
export async function collect(
  child: ChildProcess,
  timeoutMs: number,
): Promise<ToolRun> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const [code, signal] = await new Promise<
    [number | null, NodeJS.Signals | null]
  >((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...end) => {
      resolve(end);
    });
  });
  clearTimeout(timer);
  return {
    code,
    signal,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
  };
}

/** The environment less what npm, a test run, or a person's settings put in it. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|BENTO_|DB_|NO_COLOR$|FORCE_COLOR$|CI$)/.test(name),
    ),
  );
}

/** The words that start the tool: the bundle when it is newer than its sources, else the sources themselves. */
export function program(): readonly string[] {
  const bundle = join(root, "dist/cli.js");
  if (existsSync(bundle) && statSync(bundle).mtimeMs > newestSource()) {
    return [bundle];
  }
  const loader = join(root, "node_modules/tsx/dist/loader.mjs");
  return ["--import", loader, join(root, "src/cli.ts")];
}

function newestSource(): number {
  newest ??= Math.max(
    ...["src", "templates", "generators", "build"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((name) => join(root, folder, name))
        .map((file) => statSync(file).mtimeMs),
    ),
  );
  return newest;
}

let newest: number | undefined;
