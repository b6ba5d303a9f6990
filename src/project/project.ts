import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type {
  ImportExtension,
  ModuleKind,
  ProjectKind,
  TestRunner,
} from "../answers.ts";
import { ToolError } from "../errors.ts";
import { missing, systemCode } from "../write/file-system-error.ts";
import { detectFormatter, findInstalled, type Formatter } from "./formatter.ts";
import { frameworksOf, testRunnerOf } from "./frameworks.ts";
import { readManifest, packagesOf, stringTable } from "./manifest.ts";
import type { Manifest, StringTable } from "./manifest.ts";
import {
  detectPackageManager,
  type DetectedManager,
} from "./package-manager.ts";
import type { TsConfig } from "./tsconfig.ts";
import { findWorkspaceRoot } from "./workspace.ts";

/** What the tool found at the place where it shall work. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  /** `existing` where a package.json is. */
  readonly kind: ProjectKind;
  /** Whether the folder is there. */
  readonly exists: boolean;
  /** Whether nothing of the user's is in it, but for version control. */
  readonly empty: boolean;
  readonly manifest: Manifest | undefined;
  readonly packageManager: DetectedManager;
  readonly workspaceRoot: string | undefined;
  readonly details: ProjectDetails | undefined;
}

/** What only an existing project has. */
export interface ProjectDetails {
  readonly packages: StringTable;
  readonly scripts: StringTable;
  readonly layerPath: string;
  readonly module: ModuleKind;
  readonly importExtension: ImportExtension;
  readonly testRunner: TestRunner | undefined;
  readonly tsconfig: TsConfig | undefined;
  /** The installed version, else the range in package.json. */
  readonly typescript: string | undefined;
  readonly formatter: Formatter | undefined;
  readonly frameworks: readonly string[];
}

/**
 * Looks at a folder that may not be there yet; writes nothing and runs nothing.
 *
 * @throws ToolError `not-a-folder`, `invalid-package-json`
 */
export async function detectProject(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<Project> {
  const names = readFolder(root);
  const manifest = names && readManifest(root);
  return {
    root,
    kind: manifest === undefined ? "new" : "existing",
    exists: names !== undefined,
    empty: names?.every((name) => incidental.has(name)) ?? true,
    manifest,
    packageManager: detectPackageManager(root, env.npm_config_user_agent),
    workspaceRoot: findWorkspaceRoot(root),
    details: manifest && (await readDetails(root, manifest)),
  };
}

const incidental = new Set([".git", ".DS_Store", ".idea", ".vscode"]);

function readFolder(root: string): string[] | undefined {
  try {
    return readdirSync(root);
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") throw notAFolder(root, error);
    if (missing(error)) return undefined;
    throw error;
  }
}

/** Names the file that is in the way: the path itself or one above it. */
function notAFolder(root: string, cause: unknown): ToolError {
  let place = root;
  while (!existsSync(place)) place = dirname(place);
  return new ToolError({
    code: "not-a-folder",
    exitCode: 2,
    message: `Expected a folder, found a file: ${place}.`,
    remedy: "Name another folder.",
    cause,
  });
}

async function readDetails(
  root: string,
  manifest: Manifest,
): Promise<ProjectDetails> {
  const existing = await import("./existing.ts");
  const packages = packagesOf(manifest);
  const scripts = stringTable(manifest, "scripts");
  const tsconfig = existing.readTsConfig(root);
  const module = existing.moduleKindOf(manifest.values.type);
  return {
    packages,
    scripts,
    layerPath: existing.layerPathFor(tsconfig, isFolder(join(root, "src"))),
    module,
    importExtension: existing.importExtensionFor(tsconfig, module),
    testRunner: testRunnerOf(packages, scripts),
    tsconfig,
    typescript: versionOf(root, "typescript") ?? packages.typescript,
    formatter: detectFormatter(root, manifest),
    frameworks: frameworksOf(packages),
  };
}

function versionOf(root: string, packageName: string): string | undefined {
  const folder = findInstalled(root, packageName);
  const version = folder && readManifest(folder)?.values.version;
  return typeof version === "string" ? version : undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
