import { diffIndices } from "node-diff3";
import { linesOf } from "../merge/lines-of.ts";
import type { Conflict, Merged, MergeStage } from "../merge/merged.ts";

/** Why a line of the result is in doubt, by line from 0. */
export type Doubts = ReadonlyMap<number, string>;

/**
 * Turns a settled text into questions: the changes of `yours` in which a doubtful line lies, or all of them where none
 * does; the rest stays settled.
 */
export function questionHunks(
  yours: string,
  result: string,
  doubts: Doubts,
  stage: MergeStage,
): Merged {
  const [left, right] = [linesOf(yours), linesOf(result)];
  const hunks = diffIndices(left, right);
  const reasonAt = (start: number, length: number): string | undefined =>
    [...doubts].find(([line]) => line >= start && line < start + length)?.[1];
  const hit = hunks.some(({ buffer2: [start, length] }) =>
    reasonAt(start, length),
  );
  const fallback = [...doubts.values()][0] ?? "";
  const pieces: (string | Conflict)[] = [];
  let at = 0;
  for (const { buffer1, buffer2 } of hunks) {
    const [start, length] = buffer2;
    const theirs = right.slice(start, start + length).join("");
    const reason = hit ? reasonAt(start, length) : fallback;
    const before = left.slice(buffer1[0], buffer1[0] + buffer1[1]).join("");
    pieces.push(right.slice(at, start).join(""));
    pieces.push(
      reason === undefined
        ? theirs
        : { name: "", reason, base: before, yours: before, theirs },
    );
    at = start + length;
  }
  pieces.push(right.slice(at).join(""));
  return { pieces: pieces.filter((piece) => piece !== ""), stage };
}
