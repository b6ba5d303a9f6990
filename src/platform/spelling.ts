import { realpathSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether what answers to a path has another name: where letter case does not count, as on Windows and macOS, a file that
 * was renamed from `note.ts` to `Note.ts` still answers to the old name.
 *
 * @param path relative to `root`, with forward slashes, of something that is there
 */
export function isSpelledOtherwise(
  root: string,
  path: string,
  platform: NodeJS.Platform = process.platform,
  realpath: (place: string) => string = realpathSync.native,
): boolean {
  if (platform === "linux") return false;
  try {
    const real = realpath(join(root, path)).replaceAll("\\", "/");
    // macOS may write é as e and an accent.
    return !real.normalize().endsWith(`/${path.normalize()}`);
  } catch {
    // Some drives on Windows do not tell.
    return false;
  }
}
