import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { testCache } from "../support/fixtures.ts";
import { plainEnvironment } from "../support/tool.ts";
import { runProgram } from "./program.ts";

/** What each package manager is called in the registry, and its program there. */
const managers = {
  "npm@10": { install: "npm@10", program: "npm/bin/npm-cli.js" },
  "npm@11": { install: "npm@11", program: "npm/bin/npm-cli.js" },
  "npm@12": { install: "npm@12", program: "npm/bin/npm-cli.js" },
  "pnpm@10": { install: "pnpm@10", program: "pnpm/bin/pnpm.cjs" },
  "pnpm@11": { install: "pnpm@11", program: "pnpm/bin/pnpm.mjs" },
  "pnpm@12": { install: "pnpm@12", program: ".bin/pnpm" },
  "yarn@1": { install: "yarn@1", program: "yarn/bin/yarn.js" },
  "yarn@4": {
    install: "@yarnpkg/cli-dist@4",
    program: "@yarnpkg/cli-dist/bin/yarn.js",
  },
  "bun@1": { install: "bun@1", program: ".bin/bun" },
} as const;

export type ManagerName = keyof typeof managers;
export type NodeMajor = 20 | 22 | 24;

/** The programs of one row, first in PATH under their usual names. */
export interface Toolbox {
  readonly env: NodeJS.ProcessEnv;
  readonly node: string;
  readonly nodeVersion: string;
  readonly managerVersion: string;
}

const shelf = join(testCache, "matrix/tools");

/** Gets the programs from the registry, once; rejects with the registry's words where it has none. */
export async function openToolbox(
  major: NodeMajor,
  manager: ManagerName,
): Promise<Toolbox> {
  const node = await fetchNode(major);
  const { install, program } = managers[manager];
  const folder = await fetchPackage(install);
  const script = join(folder, program);
  const bin = join(shelf, `bin-node${major}-${manager}`);
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  symlinkSync(node, join(bin, "node"));
  const command = manager.split("@")[0] ?? manager;
  writeFileSync(join(bin, command), starter(node, script));
  chmodSync(join(bin, command), 0o755);
  const env = {
    ...plainEnvironment(),
    PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
    // A cache of its own, so that no manager meets what another version left.
    YARN_ENABLE_GLOBAL_CACHE: "false",
    YARN_ENABLE_TELEMETRY: "0",
    CI: "1",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  };
  const version = (name: string): Promise<string> =>
    runProgram([name, "--version"], testCache, env).then((text) => text.trim());
  return {
    env,
    node,
    nodeVersion: (await version(join(bin, "node"))).replace(/^v/, ""),
    managerVersion: await version(join(bin, command)),
  };
}

function starter(node: string, script: string): string {
  const isScript = /\.[cm]?js$/.test(script);
  const words = isScript ? `"${node}" "${script}"` : `"${script}"`;
  return `#!/bin/sh\nexec ${words} "$@"\n`;
}

/** The npm package `node` carries the binary of its version. */
async function fetchNode(major: NodeMajor): Promise<string> {
  const running = Number(process.versions.node.split(".")[0]);
  if (running === major) return process.execPath;
  const folder = await fetchPackage(`node@${major}`);
  return join(folder, "node/bin/node");
}

/** Installs a package into a folder of its own and returns its node_modules. */
async function fetchPackage(name: string): Promise<string> {
  const folder = join(shelf, name.replaceAll(/[^\w@.-]/g, "-"));
  const done = join(folder, "done");
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"private":true}\n');
    const words = ["npm", "install", "--no-audit", "--no-fund", name];
    await runProgram(words, folder, plainEnvironment());
    writeFileSync(done, "");
  }
  return join(folder, "node_modules");
}
