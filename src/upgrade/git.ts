import { spawnSync } from "node:child_process";

/** What git prints, or undefined when it is not there or has nothing to say here. */
export function git(
  cwd: string,
  args: readonly string[],
  input = "",
): string | undefined {
  const { status, stdout } = spawnSync("git", args, {
    cwd,
    input,
    encoding: "utf8",
    // The pristine texts of a whole layer are printed at once.
    maxBuffer: 100_000_000,
    windowsHide: true,
  });
  return status === 0 ? stdout : undefined;
}
