import { createRequire } from "node:module";
import { join } from "node:path";
import type TypeScript from "typescript";
import { findInstalled } from "../project/formatter.ts";
import { readManifest } from "../project/manifest.ts";

/** The programming interface of TypeScript 5 and 6. */
export type Compiler = typeof TypeScript;

/** Loads the project's own TypeScript; a text says why there is none to use. */
export function loadCompiler(root: string): Compiler | string {
  const folder = findInstalled(root, "typescript");
  if (folder === undefined) return "TypeScript is not installed";
  const version = String(readManifest(folder)?.values.version);
  try {
    const require = createRequire(join(folder, "package.json"));
    const loaded: unknown = require(folder);
    if (isCompiler(loaded)) return loaded;
  } catch {
    // Its native successors have nothing to load.
  }
  return `TypeScript ${version} cannot be asked from a program`;
}

/** From version 7 on there is a native program, and no such function. */
function isCompiler(loaded: unknown): loaded is Compiler {
  return (
    typeof loaded === "object" &&
    loaded !== null &&
    "createProgram" in loaded &&
    typeof loaded.createProgram === "function"
  );
}
