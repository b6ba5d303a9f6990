import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What migrations end with where this code runs: `.ts` in the sources, `.js` once compiled. */
export const migrationExtension = extname(fileURLToPath(import.meta.url));

/** Loads a migration's file. */
export async function loadModule(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href);
}
