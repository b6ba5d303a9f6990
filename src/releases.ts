import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Release } from "./releases/release.ts";
import { unpackSnapshot } from "./releases/snapshot.ts";

const ending = ".json.br";

/** Among the tests in the repository, beside the code in the published package. */
const folder = ["../test/releases", "../releases", "releases"]
  .map((place) => join(import.meta.dirname, place))
  .find(existsSync);

/** The versions whose output is known without rendering, in no certain order. */
export function releaseVersions(): readonly string[] {
  if (folder === undefined) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));
}

/** What a version emitted. */
export function loadRelease(version: string): Release {
  const file = join(folder ?? "", `${version}${ending}`);
  return new Release(unpackSnapshot(readFileSync(file)));
}
