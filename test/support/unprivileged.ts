import { spawn } from "node:child_process";
import { chownSync, cpSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { serverAccount } from "./postgres-binaries.ts";
import { collect, plainEnvironment, program, type ToolRun } from "./tool.ts";

const repository = join(import.meta.dirname, "../..");

/** Runs the tool as somebody whom permissions stop, which they do not do for root. */
export type RunUnprivileged = (
  words: readonly string[],
  cwd: string,
) => Promise<ToolRun>;

/** A runner whose program lies in the folder, for the repository may be closed to that account. */
export function unprivilegedTool(folder: string): RunUnprivileged {
  const words = readableProgram(folder);
  return (args, cwd) =>
    collect(
      spawn(process.execPath, [...words, ...args], {
        cwd,
        env: plainEnvironment(),
        stdio: ["ignore", "pipe", "pipe"],
        ...serverAccount,
      }),
      120_000,
    );
}

/** Gives a folder and all that is in it to that account. */
export function giveAway(folder: string): void {
  const { uid, gid = 0 } = serverAccount;
  if (uid === undefined) return;
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, {
    recursive: true,
    encoding: "utf8",
  })) {
    chownSync(join(folder, name), uid, gid);
  }
}

function readableProgram(folder: string): readonly string[] {
  const words = program();
  const [bundle = ""] = words;
  if (words.length > 1) return words;
  const copy = join(folder, "tool");
  cpSync(dirname(bundle), join(copy, "dist"), { recursive: true });
  cpSync(join(repository, "package.json"), join(copy, "package.json"));
  return [join(copy, "dist/cli.js")];
}
