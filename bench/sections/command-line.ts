import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installCreateVite } from "../create-vite.ts";
import { type Contender, measure, type Measured } from "../measure.ts";
import {
  format,
  type SectionOptions,
  type SectionResult,
  type Target,
} from "../report.ts";

const cli = join(process.cwd(), "dist/cli.js");

/** The tool's start-up and its main job, as whole processes. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  if (!existsSync(cli)) throw new Error("Run npm run build first.");
  const vite = installCreateVite();
  const folder = mkdtempSync(join(tmpdir(), "bench-create-"));
  const plan = { rounds: options.quick ? 5 : 25, count: 1, base: "node -e 0" };
  try {
    const help = await measure(helpContenders(vite), plan);
    const create = await measure(createContenders(vite, folder), plan);
    return {
      title: "Command line (whole processes, medians)",
      columns: ["", "ms", "x node"],
      rows: [...help, ...create.slice(1)].map((one) => [
        one.name,
        one.wallMs.toFixed(0),
        format(one.wallRatio),
      ]),
      targets: targetsOf([...help, ...create]),
      notes: vite === undefined ? ["create-vite: not installable here."] : [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function helpContenders(vite: string | undefined): Contender[] {
  return [
    command("node -e 0", () => ["-e", "0"]),
    command("create-bento-db --help", () => [cli, "--help"]),
    ...(vite === undefined
      ? []
      : [
          command("create-vite --help", () => [
            join(vite, "index.js"),
            "--help",
          ]),
        ]),
  ];
}

function createContenders(
  vite: string | undefined,
  folder: string,
): Contender[] {
  let made = 0;
  const target = (): string => `app-${String((made += 1))}`;
  return [
    command("node -e 0", () => ["-e", "0"]),
    command(
      "create-bento-db, no install",
      () => [cli, target(), "--yes", "--no-install"],
      folder,
    ),
    ...(vite === undefined
      ? []
      : [
          command(
            "create-vite, no install",
            () => [
              join(vite, "index.js"),
              target(),
              "--template",
              "vanilla-ts",
              "--no-interactive",
            ],
            folder,
          ),
        ]),
  ];
}

function command(
  name: string,
  args: () => readonly string[],
  cwd = process.cwd(),
): Contender {
  return {
    name,
    run: () => {
      const child = spawnSync(process.execPath, args(), {
        cwd,
        encoding: "utf8",
      });
      if (child.status !== 0) {
        throw new Error(`${name}: ${child.stdout}${child.stderr}`);
      }
      return Promise.resolve();
    },
  };
}

function targetsOf(measured: readonly Measured[]): Target[] {
  const find = (name: string): Measured | undefined =>
    measured.find((one) => one.name === name);
  const help = find("create-bento-db --help")?.wallRatio ?? NaN;
  const ours = find("create-bento-db, no install")?.wallMs ?? NaN;
  const vites = find("create-vite, no install")?.wallMs;
  return [
    {
      name: "--help against bare node",
      measured: help,
      limit: 1.3,
      bound: "at most",
      unit: " x",
    },
    ...(vites === undefined
      ? []
      : [
          {
            name: "create against create-vite",
            measured: ours / vites,
            limit: 1,
            bound: "at most" as const,
            unit: " x",
          },
        ]),
  ];
}
