import { readFileSync } from "node:fs";
import type { Metafile } from "esbuild";

/** A package whose code is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Where it lies, from the repository's root, with a slash at the end. */
  readonly folder: string;
}

/** The packages that the bundler took code from, sorted by place: one may be there in two versions. */
export function bundledPackages(metafile: Metafile): readonly BundledPackage[] {
  const folders = Object.keys(metafile.inputs).flatMap((path) => {
    const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(path);
    return match === null ? [] : [match[0]];
  });
  return [...new Set(folders)].sort().map((folder) => {
    const manifest = JSON.parse(
      readFileSync(`${folder}package.json`, "utf8"),
    ) as Record<"name" | "version" | "license", string>;
    const { name, version, license } = manifest;
    return { name, version, license, folder };
  });
}
