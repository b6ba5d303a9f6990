import { lstatSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../errors.ts";
import { missing } from "./file-system-error.ts";

/** Names that Windows keeps for devices, with any extension. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** Characters that some file system refuses. */
const forbidden = /[<>:"|?*\\\p{Cc}]/u;

/** Why a relative path cannot be used on every file system, or undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "it is absolute";
  for (const name of path.split("/")) {
    const problem = nameProblem(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The folders on the way to a file, the root left out, from the deepest up. */
export function wayTo(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [parent, ...wayTo(parent)];
}

function nameProblem(name: string): string | undefined {
  if (name === "..") return "it leads out of the project (..)";
  if (name === "" || name === ".") return "it has an empty part";
  if (name.toLowerCase() === ".git") return "it leads into .git";
  if (name.toLowerCase() === "node_modules")
    return "it leads into node_modules";
  if (deviceName.test(name)) return `"${name}" is a reserved name on Windows`;
  if (/[. ]$/.test(name)) return `"${name}" ends in a dot or a space`;
  if (forbidden.test(name)) return `"${name}" has a forbidden character`;
  if (Buffer.byteLength(name) > 200) return `"${name}" is too long`;
  return undefined;
}

/**
 * Checks that every path stays inside the root, goes through no symbolic link, and meets no other by letter case.
 *
 * @throws ToolError `unsafe-path`
 */
export function checkPaths(root: string, paths: readonly string[]): void {
  const byLowerCase = new Map<string, string>();
  const folders = new Map<string, ReadonlySet<string>>();
  for (const path of paths) {
    const problem = pathProblem(path);
    if (problem !== undefined) throw unsafe(path, problem);
    const twin = byLowerCase.get(path.toLowerCase());
    if (twin !== undefined) {
      throw unsafe(path, `it meets ${twin} where letter case does not count`);
    }
    byLowerCase.set(path.toLowerCase(), path);
    checkOnDisk(root, path, folders);
  }
}

function checkOnDisk(
  root: string,
  path: string,
  folders: Map<string, ReadonlySet<string>>,
): void {
  const names = path.split("/");
  let folder = root;
  for (const [index, name] of names.entries()) {
    checkCase(folder, name, path, folders);
    folder = join(folder, name);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) {
      throw unsafe(path, `${names.slice(0, index + 1).join("/")} is a link`);
    }
    const last = index === names.length - 1;
    if (last && !stats.isFile()) throw unsafe(path, "a folder is in its place");
    if (!last && !stats.isDirectory()) {
      const taken = names.slice(0, index + 1).join("/");
      throw unsafe(path, `${taken} is a file, not a folder`);
    }
  }
}

/** On Linux `Infrastructure` and `infrastructure` are two folders, in a checkout on macOS they are one. */
function checkCase(
  folder: string,
  name: string,
  path: string,
  folders: Map<string, ReadonlySet<string>>,
): void {
  let present = folders.get(folder);
  if (present === undefined) {
    present = new Set(readNames(folder));
    folders.set(folder, present);
  }
  if (present.has(name)) return;
  for (const other of present) {
    if (other.toLowerCase() === name.toLowerCase()) {
      throw unsafe(path, `"${other}" is there and differs in letter case only`);
    }
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (missing(error)) return [];
    throw error;
  }
}

function unsafe(path: string, problem: string): ToolError {
  return new ToolError({
    code: "unsafe-path",
    message: `Cannot write ${JSON.stringify(path)}: ${problem}. Nothing was changed.`,
    remedy:
      "Choose another place with --path, or move what is in the way and run the command again.",
  });
}
