import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Formattable } from "./formattable.ts";

const atOnce = 4;

/** Formats with the Biome that is installed in the project; a file that its configuration leaves out stays as it is. */
export async function formatWithBiome(
  root: string,
  folder: string,
  files: readonly Formattable[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const [program, ...args] = findProgram(realpathSync(folder));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const queue = files.filter(({ path }) =>
    /\.(?:[cm]?tsx?|jsonc?)$/.test(path),
  );
  const worker = async (): Promise<void> => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const format = ["format", `--stdin-file-path=${file.path}`];
      const command = [program ?? "", ...args, ...format];
      const formatted = await pipe(command, root, file.text, signal);
      // For a file that it ignores, Biome prints nothing or the text itself.
      if (formatted.trim() !== "") texts.set(file.path, formatted);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return texts;
}

/** The native program beside the package where it is, for the script around it starts Node.js each time. */
function findProgram(folder: string): string[] {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const name = `cli-${process.platform}-${process.arch}`;
  const native = [name, `${name}-musl`]
    .flatMap((platform) => [
      join(folder, "..", platform, `biome${suffix}`),
      join(folder, "node_modules", "@biomejs", platform, `biome${suffix}`),
    ])
    .find((path) => existsSync(path));
  return native === undefined
    ? [process.execPath, join(folder, "bin", "biome")]
    : [native];
}

async function pipe(
  [program = "", ...args]: readonly string[],
  cwd: string,
  input: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const child = spawn(program, args, { cwd, ...(signal ? { signal } : {}) });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  // A program that ends early closes the pipe; its exit code tells why.
  child.stdin.on("error", () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(Buffer.concat(errors).toString().trim());
  return Buffer.concat(output).toString();
}
