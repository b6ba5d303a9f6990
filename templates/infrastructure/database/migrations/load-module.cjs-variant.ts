import { createRequire } from "node:module";
import { extname } from "node:path";

/** What migrations end with where this code runs: `.ts` in the sources, `.js` once compiled. */
export const migrationExtension = extname(__filename);

/** Loads a migration's file. */
export function loadModule(file: string): Promise<unknown> {
  return Promise.resolve().then((): unknown => createRequire(file)(file));
}
