import { spawn, type ChildProcess } from "node:child_process";

/** What ends a process on Windows with all that it has started; elsewhere SIGTERM does, which does not exist there. */
export function endCommand(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): readonly [string, ...string[]] | undefined {
  return platform === "win32"
    ? ["taskkill", "/pid", String(pid), "/t", "/f"]
    : undefined;
}

/** Asks a program, such as a package manager, to end. */
export function endTree(child: ChildProcess): void {
  const command = child.pid === undefined ? undefined : endCommand(child.pid);
  if (command === undefined) {
    child.kill("SIGTERM");
    return;
  }
  const [file, ...args] = command;
  spawn(file, args, { stdio: "ignore", windowsHide: true }).on("error", () =>
    child.kill(),
  );
}
