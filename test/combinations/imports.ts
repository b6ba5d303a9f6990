import type { RenderedFile } from "../../src/render.ts";
import { importedModules } from "../../src/render/import-statements.ts";
import { resolveSpecifier } from "../../src/render/specifiers.ts";

const known = new Map<RenderedFile, readonly string[]>();

/** The relative modules that a TypeScript file imports, as the paths of `.ts` files. */
export function importedPaths(file: RenderedFile): readonly string[] {
  let paths = known.get(file);
  if (paths === undefined) {
    paths = file.path.endsWith(".ts")
      ? importedModules(file.text)
          .filter((module) => module.startsWith("."))
          .map((module) => resolveSpecifier(file.path, module))
          .map((path) => `${path.replace(/\.[jt]s$/, "")}.ts`)
      : [];
    known.set(file, paths);
  }
  return paths;
}

/** Imports of files that are not there, as sentences. */
export function brokenImports(files: readonly RenderedFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap((file) =>
    importedPaths(file)
      .filter((path) => !paths.has(path))
      .map((path) => `${file.path} imports ${path}, which is not emitted`),
  );
}

/** Files of the layer that nothing which starts by itself ever reaches: tests alone do not keep a file alive. */
export function deadFiles(
  files: readonly RenderedFile[],
  layer: string,
): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const starts = (file: RenderedFile): boolean =>
    file.path === `${layer}/index.ts` ||
    file.path === "src/server.ts" ||
    file.path === `${layer}/migrations/cli.ts` ||
    file.owner === "user";
  const reached = reach(files.filter(starts), byPath);
  const tested = reach(
    files.filter(({ path }) => path.endsWith(".test.ts")),
    byPath,
  );
  return files
    .filter(({ path }) => path.endsWith(".ts"))
    .filter((file) =>
      file.path.startsWith(`${layer}/tests/`)
        ? !tested.has(file)
        : !reached.has(file),
    )
    .map(({ path }) => path);
}

/** All files that these files import, directly or not, with themselves. */
export function reach(
  from: readonly RenderedFile[],
  byPath: ReadonlyMap<string, RenderedFile>,
): ReadonlySet<RenderedFile> {
  const reached = new Set(from);
  // A Set's iteration also visits what is added while it runs.
  for (const file of reached) {
    for (const path of importedPaths(file)) {
      const imported = byPath.get(path);
      if (imported !== undefined) reached.add(imported);
    }
  }
  return reached;
}
