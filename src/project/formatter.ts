import { existsSync } from "node:fs";
import { join } from "node:path";
import { packagesOf, readManifest, type Manifest } from "./manifest.ts";
import { foldersUpwards } from "./package-manager.ts";

/** The program that formats a project's code. */
export interface Formatter {
  readonly name: "prettier" | "biome";
  /** Its folder in node_modules, or undefined while it is not installed. */
  readonly folder: string | undefined;
}

const packages = { biome: "@biomejs/biome", prettier: "prettier" } as const;

/** The formatter that the project, or the workspace around it, names in package.json. */
export function detectFormatter(
  folder: string,
  manifest: Manifest | undefined,
): Formatter | undefined {
  const places = foldersUpwards(folder);
  for (const [index, place] of places.entries()) {
    const named = packagesOf(index === 0 ? manifest : tryManifest(place));
    for (const name of ["biome", "prettier"] as const) {
      if (!(packages[name] in named)) continue;
      return { name, folder: findInstalled(folder, packages[name]) };
    }
  }
  return undefined;
}

/** A package's folder in the nearest node_modules, found without running anything of the project. */
export function findInstalled(
  folder: string,
  packageName: string,
): string | undefined {
  return foldersUpwards(folder)
    .map((place) => join(place, "node_modules", packageName))
    .find((place) => existsSync(join(place, "package.json")));
}

function tryManifest(folder: string): Manifest | undefined {
  try {
    return readManifest(folder);
  } catch {
    return undefined;
  }
}
