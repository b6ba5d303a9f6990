import { join, relative } from "node:path";
import type { PackageManager } from "../answers.ts";
import { matchesGlob } from "../plan/glob.ts";
import { readText } from "./manifest.ts";
import { foldersUpwards } from "./package-manager.ts";

/** The root of the workspace that a folder belongs to, or undefined when it stands alone. */
export function findWorkspaceRoot(folder: string): string | undefined {
  return foldersUpwards(folder)
    .slice(1)
    .find((root) => includes(root, folder));
}

/** What leads from one folder to a folder in it: "" or a path with a slash at its end. */
export function prefixOf(base: string, root: string): string {
  return base === root ? "" : `${relative(base, root).replaceAll("\\", "/")}/`;
}

/** In a workspace all managers but pnpm put uvu at the root: the text of a script that finds it there. */
export function hoistedScript(
  text: string,
  root: string,
  workspaceRoot: string | undefined,
  manager: PackageManager,
): string {
  if (workspaceRoot === undefined || manager === "pnpm") return text;
  const up = relative(root, workspaceRoot).replaceAll("\\", "/");
  return text.replaceAll(/(?<!\/)node_modules\/uvu\/bin\.js/g, `${up}/$&`);
}

function includes(root: string, folder: string): boolean {
  const patterns = patternsOf(root);
  const path = relative(root, folder).replaceAll("\\", "/");
  const matches = (pattern: string): boolean =>
    matchesGlob(path, pattern.replace(/^\.\//, "").replace(/\/$/, ""));
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => pattern.slice(1));
  return wanted.some(matches) && !unwanted.some(matches);
}

function patternsOf(root: string): string[] {
  const yaml = readText(join(root, "pnpm-workspace.yaml")) ?? "";
  const listed = listInYaml(yaml, "packages");
  // Without a list it holds settings only.
  if (listed.length > 0) return listed;
  try {
    const text = readText(join(root, "package.json")) ?? "{}";
    const { workspaces } = JSON.parse(text) as {
      readonly workspaces?: unknown;
    };
    const list =
      typeof workspaces === "object" &&
      workspaces !== null &&
      "packages" in workspaces
        ? workspaces.packages
        : workspaces;
    return Array.isArray(list)
      ? list.filter((item): item is string => typeof item === "string")
      : [];
  } catch {
    return [];
  }
}

/** The texts of a top-level list, in either of YAML's spellings. */
function listInYaml(text: string, key: string): string[] {
  const body = new RegExp(
    `^${key}:[ \\t]*(.*(?:\\r?\\n(?:[ \\t#-].*|))*)`,
    "m",
  );
  const found = body.exec(text)?.[1] ?? "";
  const plain = found.replaceAll(/(^|\s)#.*$/gm, "");
  return [...plain.matchAll(/(?:^\s*-\s*|[[,]\s*)(["']?)([^"',[\]\n\r]+)\1/gm)]
    .map((match) => match[2]?.trim() ?? "")
    .filter((pattern) => pattern !== "");
}
