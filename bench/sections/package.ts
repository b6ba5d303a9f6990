import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadTemplates } from "../../src/templates.ts";
import { codeSizes } from "../../test/support/code-sizes.ts";
import { installCreateVite } from "../create-vite.ts";
import type { SectionResult } from "../report.ts";

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** What npm brings onto a user's disk before anything runs. */
export async function run(): Promise<SectionResult> {
  const ours = pack(process.cwd());
  const vite = installCreateVite();
  const sizes = codeSizes(process.cwd());
  const templates = await templateBytes();
  const installed = 1 + dependenciesOf(process.cwd());
  return {
    title: "Package",
    columns: ["", "packed kB", "unpacked kB", "files", "packages"],
    rows: [
      row("create-bento-db", ours, installed),
      ...(vite === undefined
        ? []
        : [
            row(
              "create-vite",
              pack(process.cwd(), `create-vite@${versionOf(vite)}`),
              countPackages(join(vite, "..")),
            ),
          ]),
    ],
    targets: [
      {
        name: "code without templates and the merge",
        measured: sizes.everyday / 1000,
        limit: 300,
        bound: "at most",
        unit: " kB",
      },
      {
        name: "all code without templates, compressed",
        measured: sizes.compressed / 1000,
        limit: 300,
        bound: "at most",
        unit: " kB",
      },
      {
        name: "installed packages",
        measured: installed,
        limit: 1,
        bound: "at most",
        unit: "",
      },
    ],
    notes: [
      `Templates in the bundle: ${(templates / 1000).toFixed(0)} kB.`,
      `The merge with its parser: ${(sizes.merging / 1000).toFixed(0)} kB, loaded by upgrade, add and remove only.`,
    ],
  };
}

/** The bundle carries the compiled templates as JSON inside a string. */
async function templateBytes(): Promise<number> {
  const compiled = JSON.stringify([...(await loadTemplates())]);
  return Buffer.byteLength(JSON.stringify(compiled));
}

function row(name: string, packed: Packed, packages: number): string[] {
  return [
    name,
    (packed.size / 1000).toFixed(0),
    (packed.unpackedSize / 1000).toFixed(0),
    String(packed.entryCount),
    String(packages),
  ];
}

function pack(folder: string, name?: string): Packed {
  const child = spawnSync(
    "npm",
    [
      "pack",
      ...(name === undefined ? [] : [name]),
      "--dry-run",
      "--json",
      "--ignore-scripts",
    ],
    { cwd: folder, encoding: "utf8", shell: process.platform === "win32" },
  );
  const parsed = JSON.parse(child.stdout) as
    Packed[] | Readonly<Record<string, Packed>>;
  const [packed] = Object.values(parsed);
  if (packed === undefined) throw new Error(`npm pack: ${child.stderr}`);
  return packed;
}

function dependenciesOf(folder: string): number {
  return Object.keys(manifestOf(folder).dependencies ?? {}).length;
}

function versionOf(folder: string): string {
  return manifestOf(folder).version;
}

function manifestOf(folder: string): {
  version: string;
  dependencies?: Record<string, string>;
} {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    dependencies?: Record<string, string>;
  };
}

function countPackages(folder: string): number {
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(folder, name)).map((child) => join(name, child))
        : [name],
    )
    .filter((name) => statSync(join(folder, name)).isDirectory()).length;
}
