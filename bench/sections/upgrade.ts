import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  clashingEdit,
  handEdits,
  makeEdits,
} from "../../test/support/hand-edits.ts";
import {
  currentTree,
  releases,
  releaseTree,
} from "../../test/support/releases.ts";
import { type Tree, writeTree } from "../../test/support/trees.ts";
import { median } from "../measure.ts";
import { format, type SectionOptions, type SectionResult } from "../report.ts";

const cli = join(process.cwd(), "dist/cli.js");
const modules = join(process.cwd(), "node_modules");

const full = {
  databases: ["sqlite", "postgres"],
  parts: ["sessions", "resilience", "draining", "migrations"],
  example: "http",
} as const;

/** One whole run of a program. */
interface Sample {
  readonly wallMs: number;
  /** The most memory that it had at once; undefined where it is many processes. */
  readonly peakMb: number | undefined;
}

interface Contender {
  readonly name: string;
  readonly run: (scratch: string) => Sample;
}

/**
 * Upgrades of a full layer of the oldest release with edits by hand in 30 of its files, each as a whole process on a
 * fresh copy, against `git merge-file` on the same files, which copier, cruft and kubebuilder come down to.
 */
export async function run(options: SectionOptions): Promise<SectionResult> {
  if (!existsSync(cli)) throw new Error("Run npm run build first.");
  const [oldest = ""] = releases;
  const base = releaseTree(oldest, full);
  const theirs = await currentTree(full);
  const scratch = mkdtempSync(join(tmpdir(), "bench-upgrade-"));
  try {
    const edited = join(scratch, "edited");
    writeTree(edited, base);
    makeEdits(edited, [...handEdits, clashingEdit]);
    const contenders = [
      ...gitMerges(edited, base, theirs),
      upgrade("upgrade", edited, []),
      upgrade("upgrade and a changed answer", edited, changed),
      upgrade(checked, edited, [], modules),
    ];
    return summarise(measure(contenders, scratch, options.quick ? 2 : 7));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const checked = "upgrade with the type check";
const changed = ["--without", "draining"];

function upgrade(
  name: string,
  edited: string,
  words: readonly string[],
  packages?: string,
): Contender {
  const run = (scratch: string): Sample => {
    const folder = join(scratch, "app");
    rmSync(folder, { recursive: true, force: true });
    cpSync(edited, folder, { recursive: true });
    if (packages !== undefined)
      symlinkSync(packages, join(folder, "node_modules"), "junction");
    const args = ["upgrade", "--conflicts", "markers", "--no-install"];
    return runTool([...args, ...words], folder, join(scratch, "peak"));
  };
  return { name, run };
}

/** Node.js itself tells the peak at the end, in kilobytes. */
function runTool(
  words: readonly string[],
  cwd: string,
  peakFile: string,
): Sample {
  const tell = `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`;
  const teller = `data:text/javascript,${encodeURIComponent(tell)}`;
  const started = performance.now();
  const child = spawnSync(
    process.execPath,
    ["--import", teller, cli, ...words],
    { cwd, encoding: "utf8" },
  );
  const wallMs = performance.now() - started;
  // A conflict is left with markers: that is what exit code 3 says.
  if (child.status !== 0 && child.status !== 3)
    throw new Error(child.stdout + child.stderr);
  return { wallMs, peakMb: Number(readFileSync(peakFile, "utf8")) / 1024 };
}

/** One process a file that both sides have, as those tools start it. */
function gitMerges(
  edited: string,
  base: Tree,
  theirs: Tree,
): readonly Contender[] {
  if (spawnSync("git", ["--version"]).status !== 0) return [];
  const paths = [...new Set(handEdits.map(({ path }) => path))];
  const run = (scratch: string): Sample => {
    const started = performance.now();
    for (const path of paths) {
      const files = ["yours", "base", "theirs"].map((name) =>
        join(scratch, name),
      );
      const yours = readFileSync(join(edited, path), "utf8");
      const texts = [yours, base[path] ?? "", theirs[path] ?? ""];
      for (const [index, text] of texts.entries())
        writeFileSync(files[index] ?? "", text);
      spawnSync("git", ["merge-file", "--zdiff3", "-p", ...files]);
    }
    return { wallMs: performance.now() - started, peakMb: undefined };
  };
  return [{ name: `git merge-file on ${String(paths.length)} files`, run }];
}

type Measured = ReadonlyMap<string, readonly Sample[]>;

/** In turn, so that what the machine does meanwhile hits all alike. */
function measure(
  contenders: readonly Contender[],
  scratch: string,
  rounds: number,
): Measured {
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of contenders) {
      const taken = run(scratch);
      // The first round warms the disk's cache.
      if (round > 0) samples.set(name, [...(samples.get(name) ?? []), taken]);
    }
  }
  return samples;
}

function summarise(measured: Measured): SectionResult {
  const wall = (name: string): number =>
    median((measured.get(name) ?? []).map(({ wallMs }) => wallMs));
  const peak = (name: string): number =>
    median((measured.get(name) ?? []).flatMap(({ peakMb }) => peakMb ?? []));
  const names = [...measured.keys()];
  const [first = ""] = names;
  const compared = first.startsWith("git");
  const bounded = ["upgrade", "upgrade and a changed answer"];
  const target = { bound: "at most" } as const;
  return {
    title: `Upgrading a full layer with ${String(handEdits.length)} edits by hand (whole processes, medians)`,
    columns: ["", "ms", compared ? "x git" : "", "peak MB"],
    rows: names.map((name) => [
      name,
      wall(name).toFixed(0),
      compared ? format(wall(name) / wall(first)) : "",
      format(peak(name)),
    ]),
    targets: [
      ...bounded.map((name) => ({
        ...target,
        name,
        measured: wall(name) / 1000,
        limit: 1,
        unit: " s",
      })),
      ...[...bounded, checked].map((name) => ({
        ...target,
        name: `${name}: memory`,
        measured: peak(name),
        limit: 300,
        unit: " MB",
      })),
    ],
    notes: [
      "The type check is the project's own TypeScript, in the same process: its time is the compiler's, and so is most of its memory.",
    ],
  };
}
