import { renameSync } from "node:fs";
import { systemCode } from "./file-system-error.ts";

const attempts = 20;
const pauseMs = 50;

/**
 * Renames; on Windows it tries again for a second, for an editor, a virus scanner or an indexer may hold a file, or one in
 * a folder, for a moment.
 */
export function rename(
  from: string,
  to: string,
  platform: NodeJS.Platform = process.platform,
): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const held = ["EPERM", "EBUSY", "EACCES"].includes(
        systemCode(error) ?? "",
      );
      if (platform !== "win32" || !held || attempt === attempts) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
