import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the create-vite package, installed by npm once; undefined where there is no network. */
export function installCreateVite(): string | undefined {
  const project = join(process.cwd(), ".test-cache/create-vite");
  const folder = join(project, "node_modules/create-vite");
  if (existsSync(join(folder, "index.js"))) return folder;
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  const install = spawnSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "create-vite@latest"],
    { cwd: project, stdio: "ignore", shell: process.platform === "win32" },
  );
  return install.status === 0 ? folder : undefined;
}
