import { accessSync, constants, statSync, type Stats } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";

/** Why a path cannot be opened, and how to change that. */
export interface MissingRight {
  /** The file, or the folder on the way to it. */
  readonly place: string;
  /** A sentence, where there is more to say than that permission is missing. */
  readonly reason?: string;
  /** What to do, without a full stop. */
  readonly advice: string;
}

/** Finds the first folder on the way that may not be entered, else looks at the path itself; undefined when all is open. */
export function missingRight(
  path: string,
  platform: NodeJS.Platform = process.platform,
): MissingRight | undefined {
  if (platform === "win32") return onWindows(path);
  const closed = foldersTo(path).find((folder) => !may(folder, constants.X_OK));
  if (closed !== undefined) return describe(closed, "to enter it (x)", "u+rwx");
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || may(path, constants.R_OK)) return undefined;
  return describe(
    path,
    "to read it (r)",
    stats.isDirectory() ? "u+rwx" : "u+rw",
  );
}

/** From the top down. */
function foldersTo(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [...foldersTo(above), above];
}

function may(path: string, right: number): boolean {
  try {
    accessSync(path, right);
    return true;
  } catch {
    return false;
  }
}

function describe(place: string, right: string, mode: string): MissingRight {
  const stats = statSync(place, { throwIfNoEntry: false });
  const you = process.getuid?.();
  const yours = you === undefined || stats === undefined || stats.uid === you;
  const owner = yours
    ? ""
    : ` and belongs to user ${stats.uid}, and you are user ${you}`;
  const chmod = `chmod ${mode} '${place}'`;
  return {
    place,
    reason: `The right ${right} is missing: ${place} has mode ${modeOf(stats)}${owner}.`,
    advice: yours
      ? `Make it readable for you: ${chmod}`
      : "Make it readable for you, or ask its owner to",
  };
}

/** Rights are lists there, which Node.js does not read. */
function onWindows(place: string): MissingRight {
  return {
    place,
    advice: `Close what has it open, or give yourself the right: icacls "${place}" /grant "${userInfo().username}:F" /t`,
  };
}

function modeOf(stats: Stats | undefined): string {
  return ((stats?.mode ?? 0) & 0o777).toString(8).padStart(3, "0");
}
