import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleasePair } from "./merge-case.ts";
import { plain } from "./styles.ts";

/**
 * Two consecutive releases of any TypeScript as a folder: `base/` and `theirs/` with the same paths below. Files that
 * are in both are taken, with 30 to 400 lines, and brought into Prettier's default form, as templates are.
 */
export async function pairsIn(folder: string): Promise<readonly ReleasePair[]> {
  const paths = readdirSync(join(folder, "base"), {
    recursive: true,
    encoding: "utf8",
  })
    .filter(
      (path) =>
        /(?<!\.d)\.ts$/.test(path) && existsSync(join(folder, "theirs", path)),
    )
    .sort();
  const pairs: ReleasePair[] = [];
  for (const path of paths) {
    const [base, theirs] = await Promise.all(
      ["base", "theirs"].map((side) =>
        plain.apply(readFileSync(join(folder, side, path), "utf8")),
      ),
    );
    if (base === undefined || theirs === undefined) continue;
    const lines = theirs.split("\n").length;
    if (lines >= 30 && lines <= 400) pairs.push({ path, base, theirs });
  }
  return pairs;
}
