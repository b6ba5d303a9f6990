import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PackageManager } from "../answers.ts";
import { readText } from "./manifest.ts";

/** Which package manager a project uses, and what told so. */
export interface DetectedManager {
  readonly name: PackageManager;
  /** A file, a field, or "default". */
  readonly source: string;
  /** The version, when something names it. */
  readonly version?: string;
}

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
  ["pnpm-workspace.yaml", "pnpm"],
];

const names: readonly PackageManager[] = ["npm", "pnpm", "yarn", "bun"];

/**
 * Looks at the `packageManager` field, then the lock files, of the folder and of the ones above it up to the
 * repository's root, then at the program that started this one.
 */
export function detectPackageManager(
  folder: string,
  userAgent: string | undefined,
): DetectedManager {
  for (const place of foldersUpwards(folder)) {
    const found = readField(place) ?? readLockfile(place, userAgent);
    if (found !== undefined) return found;
  }
  return readUserAgent(userAgent) ?? { name: "npm", source: "default" };
}

/** The folder and the ones above it; the last is the first that holds `.git`, or the file system's root. */
export function foldersUpwards(folder: string): string[] {
  const folders = [folder];
  let place = folder;
  while (!existsSync(join(place, ".git")) && dirname(place) !== place) {
    place = dirname(place);
    folders.push(place);
  }
  return folders;
}

function readField(folder: string): DetectedManager | undefined {
  const text = readText(join(folder, "package.json"));
  if (text === undefined) return undefined;
  const field = parseFields(text);
  const [, name, version = ""] = /^([a-z]+)(?:@([\w.-]+))?/.exec(field) ?? [];
  const known = names.find((candidate) => candidate === name);
  if (known === undefined) return undefined;
  const source = "packageManager in package.json";
  return version === ""
    ? { name: known, source }
    : { name: known, source, version };
}

function parseFields(text: string): string {
  try {
    const values = JSON.parse(text.replace(/^\uFEFF/, "")) as {
      readonly packageManager?: unknown;
      readonly devEngines?: {
        readonly packageManager?: { readonly name?: unknown };
      };
    } | null;
    const field =
      values?.packageManager ?? values?.devEngines?.packageManager?.name;
    return typeof field === "string" ? field : "";
  } catch {
    return "";
  }
}

/** With several lock files the one of the program that started this one counts. */
function readLockfile(
  folder: string,
  userAgent: string | undefined,
): DetectedManager | undefined {
  const found = lockfiles.filter(([file]) => existsSync(join(folder, file)));
  const caller = readUserAgent(userAgent)?.name;
  const [file, name] = found.find(([, of]) => of === caller) ?? found[0] ?? [];
  return file === undefined || name === undefined
    ? undefined
    : { name, source: file };
}

/** `npm_config_user_agent`, such as `pnpm/12.21.0 npm/? node/v24.0.0`. */
function readUserAgent(
  userAgent: string | undefined,
): DetectedManager | undefined {
  const [, name, version = ""] =
    /^(\w+)\/([\w.-]+)/.exec(userAgent ?? "") ?? [];
  const known = names.find((candidate) => candidate === name);
  return known === undefined
    ? undefined
    : { name: known, source: "the program that started this one", version };
}
