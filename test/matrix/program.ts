import { spawn } from "node:child_process";

const timeoutMs = 10 * 60_000;

/** Runs a program to its end and resolves to what it printed; rejects with that when it fails. */
export async function runProgram(
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const [command = "", ...args] = words;
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  const output = Buffer.concat(chunks).toString();
  if (code === 0) return output;
  throw new Error(`${words.join(" ")} ended with ${String(code)}\n${output}`);
}
