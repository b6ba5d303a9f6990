import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diff3Merge } from "node-diff3";
import { mergeFile } from "../../src/merge.ts";
import { drawCases, type DrawnCase } from "../../test/corpus/corpus.ts";
import { emittedPairs } from "../../test/corpus/emitted.ts";
import type { Answer } from "../../test/corpus/judge.ts";
import { linesOf } from "../../test/corpus/lines.ts";
import { pairsIn } from "../../test/corpus/pairs.ts";
import {
  type Engine,
  type Judged,
  judgeWith,
  rightShare,
  tally,
} from "../../test/corpus/tally.ts";
import { randomFrom } from "../../test/support/random.ts";
import { median } from "../measure.ts";
import { format, type SectionOptions, type SectionResult } from "../report.ts";

/** Another TypeScript than ours: a folder with `base/` and `theirs/`, two releases with the same paths below each. */
const folder = process.env.MERGE_CORPUS;

const seed = Number(process.env.SEED ?? 20);

/**
 * Merges of one file by several engines on the same cases. A case is a file of one release, what a user made of it by
 * mechanical customisations, and the file in the next release; the user's change made there is the expected outcome.
 */
export async function run(options: SectionOptions): Promise<SectionResult> {
  const pairs =
    folder === undefined ? await emittedPairs() : await pairsIn(folder);
  const cases: DrawnCase[] = [];
  for await (const made of drawCases(pairs, randomFrom(seed))) {
    cases.push(made);
    if (cases.length === (options.quick ? 200 : 2000)) break;
  }
  const scratch = mkdtempSync(join(tmpdir(), "merge-bench-"));
  try {
    const engines = [lineMerge, ...gitMerge(scratch), ours];
    const judged = engines.map((engine) =>
      cases.map((given) => judgeWith(engine, given)),
    );
    return summarise(engines, judged);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const ours: Engine = { name: "create-bento-db", merge: mergeFile };

const lineMerge: Engine = {
  name: "line merge (node-diff3)",
  merge: ({ base, yours, theirs }): Answer => {
    const [a, o, b] = [yours, base, theirs].map(linesOf);
    const regions = diff3Merge(a ?? [], o ?? [], b ?? []);
    return {
      pieces: regions.map(({ ok, conflict }) =>
        conflict === undefined
          ? (ok ?? []).join("")
          : { yours: conflict.a.join(""), theirs: conflict.b.join("") },
      ),
    };
  },
};

/** `git merge-file`, where git is. */
function gitMerge(scratch: string): readonly Engine[] {
  if (spawnSync("git", ["--version"]).status !== 0) return [];
  const paths = ["yours", "base", "theirs"].map((name) => join(scratch, name));
  const merge = ({ base, yours, theirs }: DrawnCase): Answer => {
    [yours, base, theirs].forEach((text, index) => {
      writeFileSync(paths[index] ?? "", text);
    });
    const words = ["merge-file", "--zdiff3", "-p", ...paths];
    const { status, stdout } = spawnSync("git", words, { encoding: "utf8" });
    return { pieces: status === 0 ? [stdout] : [{ yours, theirs }] };
  };
  return [{ name: "git merge-file --zdiff3", merge }];
}

function summarise(
  engines: readonly Engine[],
  judged: readonly (readonly Judged[])[],
): SectionResult {
  const own = judged.at(-1) ?? [];
  const figures = tally(own);
  const groups = ["elsewhere", "hot", "style", "pair", "clash"] as const;
  return {
    title: `Merging one file (${own.length} cases, seed ${seed})`,
    columns: [
      "",
      "right %",
      "false conflicts",
      "wrong",
      "collateral lines",
      "ms median",
      "ms p95",
    ],
    rows: engines.map((engine, index) => row(engine.name, judged[index] ?? [])),
    targets: [
      target("right merges", rightShare(figures), 98, "at least", " %"),
      target("wrong clean merges", figures.wrong, 0, "at most", ""),
      target("collateral lines", figures.collateral, 0, "at most", ""),
    ],
    notes: [
      ...groups.map((group) => {
        const some = own.filter(({ given }) => given.group === group);
        const { right, mergeable, falseConflicts, wrong } = tally(some);
        return group === "clash"
          ? `${group}: ${some.length - wrong} of ${some.length} left to the user`
          : `${group}: ${right} right of ${mergeable}, ${falseConflicts} false conflicts, ${wrong} wrong`;
      }),
      "Half of the cases are steps that releases took, half are mechanical changes by upstream; hot edits aim at what upstream changed.",
    ],
  };
}

function row(name: string, judged: readonly Judged[]): string[] {
  const figures = tally(judged);
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  return [
    name,
    rightShare(figures).toFixed(1),
    String(figures.falseConflicts),
    String(figures.wrong),
    String(figures.collateral),
    format(median(times)),
    format(times[Math.floor(times.length * 0.95)] ?? NaN),
  ];
}

function target(
  name: string,
  measured: number,
  limit: number,
  bound: "at most" | "at least",
  unit: string,
): SectionResult["targets"][number] {
  return { name: `merge: ${name}`, measured, limit, bound, unit };
}
