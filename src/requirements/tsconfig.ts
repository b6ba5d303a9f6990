import type { Answers } from "../answers.ts";
import type { Json } from "../render/print-json.ts";

/** The tsconfig.json of a new project: the strict flags, and imports as the emitted code writes them. */
export function newTsconfig(answers: Answers): Record<string, Json> {
  return {
    compilerOptions: {
      target: "es2023",
      lib: ["es2023", "esnext.disposable"],
      module: "nodenext",
      types: ["node"],
      rootDir: ".",
      outDir: "dist",
      ...importOptions(answers),
      ...strictOptions,
      ...decoratorOptions(answers),
      skipLibCheck: true,
    },
    include: folders(answers),
  };
}

/** The flags under which the emitted code is checked for every combination of answers. */
export const strictOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
} as const;

/** What the files with decorators need, which NestJS reads in the form from before the standard. */
export function decoratorOptions({ example }: Answers): Record<string, Json> {
  return example === "nest" ? { experimentalDecorators: true } : {};
}

/** CommonJS files cannot be verbatim: their imports become require calls. */
export function importOptions({
  module,
  importExtension,
}: Answers): Record<string, Json> {
  return {
    ...(importExtension === ".ts"
      ? { rewriteRelativeImportExtensions: true }
      : {}),
    ...(module === "esm" ? { verbatimModuleSyntax: true } : {}),
    ...(module === "esm" && importExtension === ""
      ? { module: "preserve" }
      : {}),
  };
}

function folders({ path, example }: Answers): readonly string[] {
  const layer = path.split("/")[0] ?? path;
  return [...new Set([layer, ...(example === "none" ? [] : ["src"])])].sort();
}
