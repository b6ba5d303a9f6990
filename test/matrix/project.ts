import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Resolution, Row } from "./rows.ts";

const compilers = { "5.9": "~5.9.3", "6": "~6.0.3", "7": "~7.0.2" };

const resolutions: Readonly<Record<Resolution, object>> = {
  node10: { module: "commonjs", moduleResolution: "node10" },
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** Writes a project as people have it, to which the layer is added. */
export function writeExisting(
  folder: string,
  { module, typescript }: Row,
  resolution: Resolution,
): void {
  mkdirSync(join(folder, "src"), { recursive: true });
  writeJson(join(folder, "package.json"), {
    name: "app",
    version: "1.0.0",
    private: true,
    type: module === "esm" ? "module" : "commonjs",
    devDependencies: {
      "@types/node": "^20.19.43",
      typescript: compilers[typescript],
    },
  });
  writeJson(join(folder, "tsconfig.json"), {
    compilerOptions: {
      target: "es2022",
      ...resolutions[resolution],
      types: ["node"],
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      outDir: "dist",
    },
    include: ["src", "infrastructure"],
  });
  writeFileSync(join(folder, "src/index.ts"), "export const answer = 42;\n");
}

/** Has a new project compile with the row's TypeScript. */
export function setCompiler(folder: string, { typescript }: Row): void {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as {
    devDependencies: Record<string, string>;
  };
  manifest.devDependencies.typescript = compilers[typescript];
  writeJson(file, manifest);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Fails unless the driver answers, and its native module is loaded where it has one. */
export function driverCheck({ driver = "sqlite3" }: Row): string {
  const loaded = (name: string): string => `
    const { sharedObjects } = process.report.getReport();
    if (!sharedObjects.some((path) => path.endsWith("${name}"))) {
      throw new Error("${name} is not loaded");
    }`;
  switch (driver) {
    case "sqlite3":
      return `const { Database } = require("sqlite3");
    new Database(":memory:").get("SELECT sqlite_version() AS v", (error, row) => {
      if (error) throw error;
      ${loaded("node_sqlite3.node")}
      console.log(row.v);
    });`;
    case "better-sqlite3":
      return `const Database = require("better-sqlite3");
    const row = new Database(":memory:").prepare("SELECT sqlite_version() AS v").get();
    ${loaded(".node")}
    console.log(row.v);`;
    case "node":
      return `const { DatabaseSync } = require("node:sqlite");
    console.log(new DatabaseSync(":memory:").prepare("SELECT sqlite_version() AS v").get().v);`;
  }
}
