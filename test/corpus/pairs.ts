import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleasePair } from "./merge-case.ts";
import { plain } from "./styles.ts";

/**
 * Two consecutive releases of any TypeScript as a folder: `base/` and `theirs/` with the same paths below. Files that
 * are in both are taken, with 30 to 400 lines, and brought into Prettier's default form, as templates are.
 */
export async function pairsIn(folder: string): Promise<readonly ReleasePair[]> {
  const pairs: ReleasePair[] = [];
  for (const path of codeIn(join(folder, "base"))) {
    if (!existsSync(join(folder, "theirs", path))) continue;
    const base = await formatted(join(folder, "base", path));
    const theirs = await formatted(join(folder, "theirs", path));
    if (isOfSize(theirs)) pairs.push({ path, base, theirs });
  }
  return pairs;
}

/** Any TypeScript as a release that changed nothing: so many files, evenly taken from a folder. */
export async function filesIn(
  folder: string,
  count: number,
): Promise<readonly ReleasePair[]> {
  const paths = codeIn(folder).filter((path) =>
    isOfSize(readFileSync(join(folder, path), "utf8")),
  );
  const stride = Math.ceil(paths.length / count);
  return Promise.all(
    paths
      .filter((_, index) => index % stride === 0)
      .map(async (path) => {
        const text = await formatted(join(folder, path));
        return { path, base: text, theirs: text };
      }),
  );
}

function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .sort();
}

function formatted(path: string): Promise<string> {
  return plain.apply(readFileSync(path, "utf8"));
}

function isOfSize(text: string): boolean {
  const lines = text.split("\n").length;
  return lines >= 30 && lines <= 400;
}
