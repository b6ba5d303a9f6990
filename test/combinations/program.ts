import { spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** How a program ended and what it said. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs Node.js with these arguments to its end. */
export async function runProgram(
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const child = spawn(process.execPath, words, {
    cwd,
    env: { ...env, NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) =>
    child.once("close", (status) => {
      resolve(status ?? 1);
    }),
  );
  return { code, output: Buffer.concat(chunks).toString().trim() };
}

/** Runs jobs, two at a time, and resolves to their results in order. */
export async function inPairs<Job, Result>(
  jobs: readonly Job[],
  run: (job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let job = jobs[next]; job !== undefined; job = jobs[next]) {
      const index = next;
      next += 1;
      results[index] = await run(job);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}
