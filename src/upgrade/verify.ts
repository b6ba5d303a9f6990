import type { PackageManager } from "../answers.ts";
import { runManager, type Installation } from "../install.ts";
import { readManifest, stringTable } from "../project/manifest.ts";
import type { Progress } from "../progress.ts";

/** How the layer's tests went; undefined where package.json has no script for them. */
export type Verification = Installation | undefined;

/** The script that runs the layer's tests: its second name where the project has a `test` of its own. */
export function testScriptOf(root: string): string | undefined {
  const scripts = stringTable(readManifest(root), "scripts");
  return ["test:database", "test"].find((name) => name in scripts);
}

/** Runs the layer's tests as its user would. */
export async function verifyLayer(
  root: string,
  manager: PackageManager,
  progress: Progress,
  signal: AbortSignal,
): Promise<Verification> {
  const script = testScriptOf(root);
  if (script === undefined) return undefined;
  const title = "Running the layer's tests";
  return runManager(root, [manager, "run", script], title, progress, signal);
}
