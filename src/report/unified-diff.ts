import { diffIndices } from "node-diff3";

const context = 3;

/** A stretch of lines that differ: `[start, length]` on each side. */
interface Change {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** The change of one file in the unified format that `git apply` and `patch` read; empty when nothing differs. */
export function unifiedDiff(
  path: string,
  before: string | null,
  after: string | null,
): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const changes = diffIndices(old, now).map(({ buffer1, buffer2 }): Change => ({
    from: buffer1,
    to: buffer2,
  }));
  if (changes.length === 0) return "";
  return [
    `--- ${before === null ? "/dev/null" : `a/${path}`}`,
    `+++ ${after === null ? "/dev/null" : `b/${path}`}`,
    ...group(changes).flatMap((hunk) => printHunk(hunk, old, now)),
    "",
  ].join("\n");
}

/** A last line without a newline is another line than one with it. */
function linesOf(text: string | null): string[] {
  if (text === null || text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") return lines.slice(0, -1);
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ""}${unterminated}`];
}

const unterminated = "\n\\ No newline at end of file";

/** Changes whose surroundings touch are shown together. */
function group(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const previous = hunks.at(-1)?.at(-1);
    const end = previous && previous.from[0] + previous.from[1];
    if (end !== undefined && change.from[0] - end <= 2 * context) {
      hunks.at(-1)?.push(change);
    } else hunks.push([change]);
  }
  return hunks;
}

function printHunk(
  hunk: readonly Change[],
  old: readonly string[],
  now: readonly string[],
): string[] {
  const first = hunk[0];
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return [];
  const lead = Math.min(context, first.from[0]);
  const end = last.from[0] + last.from[1];
  const trail = Math.min(context, old.length - end);
  const start = first.from[0] - lead;
  const startNow = first.to[0] - lead;
  const length = end + trail - start;
  const lengthNow = last.to[0] + last.to[1] + trail - startNow;
  const body: string[] = [];
  let at = start;
  for (const { from, to } of hunk) {
    body.push(...old.slice(at, from[0]).map((line) => ` ${line}`));
    at = from[0] + from[1];
    body.push(...old.slice(from[0], at).map((line) => `-${line}`));
    body.push(...now.slice(to[0], to[0] + to[1]).map((line) => `+${line}`));
  }
  body.push(...old.slice(at, end + trail).map((line) => ` ${line}`));
  return [
    `@@ -${range(start, length)} +${range(startNow, lengthNow)} @@`,
    ...body,
  ];
}

function range(start: number, length: number): string {
  return `${length === 0 ? start : start + 1},${length}`;
}
