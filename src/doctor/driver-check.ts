import type { Answers, PackageManager } from "../answers.ts";
import { failed, ok, type Check } from "./check.ts";
import { errorLine, runNode } from "./run-node.ts";

const openMemory = {
  sqlite3: "new (require('sqlite3').Database)(':memory:')",
  "better-sqlite3": "new (require('better-sqlite3'))(':memory:')",
  node: "new (require('node:sqlite').DatabaseSync)(':memory:')",
} as const;

/** Loads each driver for real: a package whose install script was blocked is there and yet does not work. */
export async function checkDrivers(
  root: string,
  answers: Answers,
  signal: AbortSignal,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const database of answers.databases) {
    const isSqlite = database === "sqlite";
    const name = isSqlite
      ? answers.sqliteDriver.replace(/^node$/, "node:sqlite")
      : "pg";
    const script = isSqlite
      ? openMemory[answers.sqliteDriver]
      : "require('pg')";
    const { code, stderr } = await runNode(root, ["-e", script], signal);
    checks.push(
      code === 0
        ? ok(`driver ${name}`, "loads")
        : failed(
            `driver ${name}`,
            `does not load: ${errorLine(stderr)}`,
            remedyFor(name, answers.packageManager, stderr),
          ),
    );
  }
  return checks;
}

function remedyFor(
  name: string,
  manager: PackageManager,
  stderr: string,
): string {
  if (stderr.includes(`Cannot find module '${name}'`)) {
    return `Run ${manager} install.`;
  }
  if (name === "node:sqlite") return "It needs Node.js 22.13 or newer.";
  const rebuild: Readonly<Record<PackageManager, string>> = {
    npm: `check allowScripts in package.json, then run npm rebuild ${name}`,
    pnpm: `check allowBuilds in pnpm-workspace.yaml, then run pnpm rebuild ${name}`,
    yarn: `check dependenciesMeta in package.json, then run yarn rebuild ${name}`,
    bun: `check trustedDependencies in package.json, then run bun install --force`,
  };
  return `Its install script has probably not run: ${rebuild[manager]}.`;
}
