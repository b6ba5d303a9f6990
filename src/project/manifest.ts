import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../errors.ts";
import { missing, systemCode } from "../write/file-system-error.ts";

/** The part of a package.json that the tool reads; everything in it is checked before use. */
export interface Manifest {
  /** The file's text, byte order mark and line endings as they are. */
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A package's table of strings, such as `scripts`; what is no string is left out. */
export type StringTable = Readonly<Record<string, string>>;

/**
 * Reads a folder's package.json; undefined when there is none.
 *
 * @throws ToolError `invalid-package-json`
 */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, "package.json");
  const text = readText(file);
  if (text === undefined) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw invalid(file, `it is no JSON (${String(error)})`, error);
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw invalid(file, "it holds no JSON object");
  }
  return { text, values: { ...values } };
}

/** Reads a text file; undefined when there is none. Any other failure, such as EACCES, is thrown. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (missing(error) || systemCode(error) === "EISDIR") return undefined;
    throw error;
  }
}

/** A table of package.json by its name, empty when it is missing. */
export function stringTable(
  manifest: Manifest | undefined,
  name: string,
): StringTable {
  const table = manifest?.values[name];
  if (typeof table !== "object" || table === null) return {};
  const entries = Object.entries(table).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** All packages that a package.json names, with their ranges. */
export function packagesOf(manifest: Manifest | undefined): StringTable {
  return {
    ...stringTable(manifest, "peerDependencies"),
    ...stringTable(manifest, "optionalDependencies"),
    ...stringTable(manifest, "devDependencies"),
    ...stringTable(manifest, "dependencies"),
  };
}

function invalid(file: string, problem: string, cause?: unknown): ToolError {
  return new ToolError({
    code: "invalid-package-json",
    message: `Cannot read ${file}: ${problem}.`,
    remedy: "Put the file right and run the command again.",
    cause,
  });
}
