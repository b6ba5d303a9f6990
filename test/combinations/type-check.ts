import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ModuleKind } from "../../src/answers.ts";
import { strictOptions } from "../../src/requirements/tsconfig.ts";
import { root, runProgram } from "./program.ts";
import type { PlacedText } from "./closures.ts";

/** The compilers that the emitted code promises to pass. */
export const compilers = ["typescript-5.9", "typescript", "typescript-7"];

/** Writes the texts of one module system below `.rendered/` with the strictest configuration; returns the folder. */
export function writeTexts(
  module: ModuleKind,
  texts: readonly PlacedText[],
): string {
  const folder = join(root, ".rendered", `types-${module}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = new Set<string>();
  for (const { path, text } of texts) {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, text);
  }
  const type = module === "esm" ? "module" : "commonjs";
  writeJson(join(folder, "package.json"), { type });
  writeJson(join(folder, "tsconfig.json"), {
    compilerOptions: { ...strictest, verbatimModuleSyntax: module === "esm" },
    include: ["."],
  });
  return folder;
}

/** Compiles a folder with one compiler; resolves to its complaints, empty when there are none. */
export async function typeCheck(
  folder: string,
  compiler: string,
): Promise<string> {
  const { output, code } = await runProgram(
    [
      "--max-old-space-size=6000",
      join(root, "node_modules", compiler, "bin/tsc"),
      "--noEmit",
      "--pretty",
      "false",
      "-p",
      folder,
    ],
    root,
  );
  return code === 0 ? "" : output;
}

const strictest = {
  ...strictOptions,
  experimentalDecorators: true,
  target: "es2023",
  lib: ["es2023", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  allowImportingTsExtensions: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  skipLibCheck: true,
  noEmit: true,
} as const;

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value, null, 2));
}
