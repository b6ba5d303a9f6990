import { diffIndices } from "node-diff3";
import { linesOf } from "../merge/lines-of.ts";
import type { Conflict, Merged } from "../merge/merged.ts";

/** Without a base every difference is a question; what both have is settled. */
export function mergeTwo(yours: string, theirs: string): Merged {
  const [left, right] = [linesOf(yours), linesOf(theirs)];
  const pieces: (string | Conflict)[] = [];
  let at = 0;
  for (const { buffer1, buffer2 } of diffIndices(left, right)) {
    const [start, length] = buffer1;
    pieces.push(left.slice(at, start).join(""));
    pieces.push({
      name: "",
      reason: "Without its pristine text nobody can tell whose change this is.",
      base: "",
      yours: left.slice(start, start + length).join(""),
      theirs: right.slice(buffer2[0], buffer2[0] + buffer2[1]).join(""),
    });
    at = start + length;
  }
  pieces.push(left.slice(at).join(""));
  return { pieces: pieces.filter((piece) => piece !== ""), stage: "lines" };
}
