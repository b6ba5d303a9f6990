import { spawn } from "node:child_process";

/** What a short program of ours said inside the user's project. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const timeLimitMs = 30_000;

/** Runs Node.js in the project's folder, so that its own packages and settings count. */
export async function runNode(
  cwd: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const child = spawn(process.execPath, [...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  let timedOut = false;
  const stop = (): void => void child.kill("SIGKILL");
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeLimitMs);
  signal.addEventListener("abort", stop);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal.throwIfAborted();
    const text = (chunks: readonly Buffer[]): string =>
      Buffer.concat(chunks).toString();
    return { code, stdout: text(stdout), stderr: text(stderr), timedOut };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** The line of an error's output that says what happened. */
export function errorLine(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map((line) => line.trim());
  const named = lines.find((line) => /^\w*Error\b.*: /.test(line));
  return named ?? lines.find((line) => line !== "") ?? "no message";
}
