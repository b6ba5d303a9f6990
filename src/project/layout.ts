import type { ImportExtension, ModuleKind } from "../answers.ts";
import { textOption, type TsConfig } from "./tsconfig.ts";

const usualPath = "infrastructure/database";

/** Where the layer goes: below `src` where the project's tsconfig.json compiles only, or best, what lies there. */
export function layerPathFor(
  config: TsConfig | undefined,
  hasSource: boolean,
): string {
  if (config === undefined) return usualPath;
  const { rootDir, include, options } = config;
  if (rootDir !== undefined && rootDir !== ".")
    return `${rootDir}/${usualPath}`;
  if (include !== undefined) {
    const folders = include.map(folderOf);
    const open = folders.some((folder) => folder === "");
    const source = folders.includes("src") ? "src" : folders[0];
    return open || source === undefined ? usualPath : `${source}/${usualPath}`;
  }
  // Without rootDir, TypeScript takes the common folder: one file beside src moves all of the output.
  const emits = options.noEmit !== true && options.outDir !== undefined;
  return emits && rootDir === undefined && hasSource
    ? `src/${usualPath}`
    : usualPath;
}

/** Whether the type check of the project sees the layer. */
export function compiles(config: TsConfig, path: string): boolean {
  const { include, files } = config;
  if (include === undefined) return files === undefined;
  return include
    .map(folderOf)
    .some((folder) => folder === "" || `${path}/`.startsWith(`${folder}/`));
}

/** How Node reads the project's files: by the `type` of its package.json. */
export function moduleKindOf(type: unknown): ModuleKind {
  return type === "module" ? "esm" : "cjs";
}

/** How relative imports end, by what the project's TypeScript accepts. */
export function importExtensionFor(
  config: TsConfig | undefined,
  kind: ModuleKind,
): ImportExtension {
  if (
    config?.options.allowImportingTsExtensions === true ||
    config?.options.rewriteRelativeImportExtensions === true
  ) {
    return ".ts";
  }
  if (kind === "cjs") return "";
  const resolution =
    textOption(config, "moduleResolution") ?? textOption(config, "module");
  return /^(bundler|preserve)$/.test(resolution ?? "") ? "" : ".js";
}

/** The folder before the first wildcard: "" for the project itself. */
function folderOf(pattern: string): string {
  const parts = pattern.replace(/^\.\//, "").split("/");
  const wild = parts.findIndex((part) => /[*?]/.test(part) || part === ".");
  const kept = wild === -1 ? parts : parts.slice(0, wild);
  const last = kept.at(-1) ?? "";
  return (/\.[cm]?tsx?$/.test(last) ? kept.slice(0, -1) : kept).join("/");
}
