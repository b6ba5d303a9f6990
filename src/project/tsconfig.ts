import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { readText } from "./manifest.ts";

/** What counts of a project's tsconfig.json, with everything it extends. */
export interface TsConfig {
  readonly options: Readonly<Record<string, unknown>>;
  /** Patterns and folders relative to the project, or undefined where the file does not say. */
  readonly include: readonly string[] | undefined;
  readonly files: readonly string[] | undefined;
  /** Relative to the project. */
  readonly rootDir: string | undefined;
}

interface Layer {
  readonly options: Readonly<Record<string, unknown>>;
  readonly include?: readonly string[];
  readonly files?: readonly string[];
  readonly rootDir?: string;
}

/** Reads the tsconfig.json of a folder; undefined when there is none or it cannot be understood. */
export function readTsConfig(folder: string): TsConfig | undefined {
  const file = join(folder, "tsconfig.json");
  const layer = readLayer(file, folder, new Set());
  if (layer === undefined) return undefined;
  const { options, include, files, rootDir } = layer;
  return { options, include, files, rootDir };
}

/** A text option such as `module`, in lower case as TypeScript compares it. */
export function textOption(
  config: TsConfig | undefined,
  name: string,
): string | undefined {
  const value = config?.options[name];
  return typeof value === "string" ? value.toLowerCase() : undefined;
}

function readLayer(
  file: string,
  folder: string,
  seen: Set<string>,
): Layer | undefined {
  const text = readText(file);
  if (text === undefined || seen.has(file)) return undefined;
  seen.add(file);
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ""), errors, {
    allowTrailingComma: true,
  });
  if (!isTable(value)) return undefined;
  const own = ownLayer(value, file, folder);
  return extendsOf(value)
    .map((name) => resolveExtends(name, file))
    .map((base) => base && readLayer(base, folder, seen))
    .filter((base) => base !== undefined && base !== "")
    .concat(own)
    .reduce<Layer>(merge, { options: {} });
}

function ownLayer(
  value: Readonly<Record<string, unknown>>,
  file: string,
  folder: string,
): Layer {
  const options = isTable(value.compilerOptions) ? value.compilerOptions : {};
  const local = (path: string): string =>
    relative(folder, resolve(dirname(file), path)).replaceAll("\\", "/") || ".";
  const include = textList(value.include)?.map(local);
  const files = textList(value.files)?.map(local);
  const rootDir = options.rootDir;
  return {
    options,
    ...(include === undefined ? {} : { include }),
    ...(files === undefined ? {} : { files }),
    ...(typeof rootDir === "string" ? { rootDir: local(rootDir) } : {}),
  };
}

function merge(base: Layer, over: Layer): Layer {
  return { ...base, ...over, options: { ...base.options, ...over.options } };
}

function extendsOf(value: Readonly<Record<string, unknown>>): string[] {
  const names = value.extends;
  if (typeof names === "string") return [names];
  return textList(names) ?? [];
}

function resolveExtends(name: string, from: string): string | undefined {
  if (isAbsolute(name) || name.startsWith(".")) {
    const base = resolve(dirname(from), name);
    return [base, `${base}.json`].find(
      (file) => existsSync(file) && statSync(file).isFile(),
    );
  }
  const require = createRequire(from);
  for (const request of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      return require.resolve(request);
    } catch {
      // The next spelling may be the one.
    }
  }
  return undefined;
}

function textList(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === "string");
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
