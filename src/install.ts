import { spawn, type ChildProcess } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import type { PackageManager } from "./answers.ts";
import { endTree } from "./platform/end-tree.ts";
import { managerCommand } from "./platform/package-manager-command.ts";
import type { Progress } from "./progress.ts";

/** How a run of the package manager went; a failed one leaves the files that were written. */
export type Installation =
  | { readonly ok: true; readonly command: string; readonly seconds: number }
  | {
      readonly ok: false;
      readonly command: string;
      /** What went wrong, in one line. */
      readonly problem: string;
      /** The last lines that the package manager printed. */
      readonly output: string;
    };

const tailLines = 20;

/** Installs the project's packages. */
export function installPackages(
  root: string,
  manager: PackageManager,
  progress: Progress,
  signal: AbortSignal,
): Promise<Installation> {
  const title = `Installing packages with ${manager}`;
  return runManager(root, [manager, "install"], title, progress, signal);
}

/** Runs the package manager in the project and shows its last line while it works. */
export async function runManager(
  root: string,
  words: readonly [PackageManager, ...string[]],
  title: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Installation> {
  const command = words.join(" ");
  const started = performance.now();
  const lines: string[] = [];
  const { file, args, shell } = managerCommand(words);
  const child = spawn(file, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell,
    windowsHide: true,
  });
  progress.start(title);
  watch(child, (line) => {
    lines.push(line);
    progress.update(line);
  });
  const outcome = await ended(child, signal);
  progress.stop();
  signal.throwIfAborted();
  const seconds = (performance.now() - started) / 1000;
  if (outcome === undefined) return { ok: true, command, seconds };
  const output = lines.slice(-tailLines).join("\n");
  return { ok: false, command, problem: outcome, output };
}

/** What went wrong, or undefined. */
async function ended(
  child: ChildProcess,
  signal: AbortSignal,
): Promise<string | undefined> {
  const stop = (): void => {
    endTree(child);
  };
  signal.addEventListener("abort", stop);
  try {
    return await new Promise((resolve) => {
      child.once("error", (error) => {
        const missing = "code" in error && error.code === "ENOENT";
        const [name = ""] = child.spawnfile.split(/[\\/]/).slice(-1);
        resolve(missing ? `${name} is not installed` : error.message);
      });
      child.once("close", (code, name) => {
        resolve(
          code === 0 ? undefined : `it ended with ${code ?? name ?? "?"}`,
        );
      });
    });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function watch(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split(/\r\n|[\r\n]/);
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(stripControls(line));
    });
    stream?.once("end", () => {
      if (rest !== "") onLine(stripControls(rest));
    });
  }
}

/** Colours and cursor movements of the package manager would tear ours apart. */
function stripControls(line: string): string {
  return stripVTControlCharacters(line)
    .replaceAll(/\p{Cc}/gu, "")
    .trimEnd();
}
