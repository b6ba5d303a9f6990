import { mergeFile } from "../merge.ts";
import { conflictsOf } from "../merge/merged.ts";
import { decideMerged } from "../merge/print-merged.ts";
import { mergeLines, type LineList } from "../project/lines.ts";

/** Merges a list of lines: as text where that is clean, else by what each line is about. All texts are bare. */
export function mergeList(
  path: string,
  base: string,
  yours: string,
  theirs: string,
  list: LineList,
): string {
  const merged = mergeFile({ path, base, yours, theirs });
  if (conflictsOf(merged).length === 0) return decideMerged(merged, () => "");
  return addNew(dropOld(yours, base, theirs, list), base, theirs, list);
}

/** Takes out, with its comments, what the tool no longer has, as far as the lines are still the tool's. */
function dropOld(
  yours: string,
  base: string,
  theirs: string,
  { keyOf }: LineList,
): string {
  const wanted = new Set(keysOf(theirs, keyOf));
  const gone = new Set(
    base
      .split(/\n\s*\n/)
      .filter((block) => keysOf(block, keyOf).length > 0)
      .filter((block) => !keysOf(block, keyOf).some((key) => wanted.has(key)))
      .flatMap((block) => block.split("\n")),
  );
  return yours
    .split("\n")
    .filter((line) => line === "" || !gone.has(line))
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n");
}

/** A key of the base that is not in `yours` was taken out by the user. */
function addNew(
  yours: string,
  base: string,
  theirs: string,
  list: LineList,
): string {
  const known = new Set(keysOf(base, list.keyOf));
  const fresh = theirs
    .split("\n")
    .filter((line) => !known.has(list.keyOf(line) ?? ""))
    .join("\n");
  return mergeLines(yours, fresh, list);
}

function keysOf(text: string, keyOf: LineList["keyOf"]): string[] {
  return text.split("\n").flatMap((line) => keyOf(line) ?? []);
}
