import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The text of CHANGELOG.md; the published bundle has it compiled in. */
export async function loadChangelog(): Promise<string> {
  return readFile(join(import.meta.dirname, "..", "CHANGELOG.md"), "utf8");
}
