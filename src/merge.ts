import { codeReader, type ReadCode } from "./merge/code.ts";
import { doubtOf } from "./merge/gate.ts";
import { isWindows, withEndingsOf } from "./merge/line-endings.ts";
import { toWindows } from "./merge/windows-pieces.ts";
import { hasMarkers } from "./merge/markers.ts";
import { mergeDeclarations } from "./merge/merge-declarations.ts";
import { mergeLines } from "./merge/merge-lines.ts";
import { conflictsOf, type Merged, type MergeStage } from "./merge/merged.ts";
import { declarationAt } from "./merge/named-declarations.ts";
import { replayChanges } from "./merge/replay-changes.ts";
import { hasWraps } from "./merge/replay-wraps.ts";
import type { Sides } from "./merge/sides.ts";
import { isCode } from "./merge/syntax.ts";
import { inStyleOfYours } from "./merge/user-style.ts";

/** What the merge of one file needs: three texts, and the outer two in the user's style where a formatter gave it. */
export interface MergeInput extends Sides {
  /** Where the file is; its ending tells the language. */
  readonly path: string;
  /** `base` and `theirs` after the project's own formatter; without it the style is read off `yours`. */
  readonly restyled?: { readonly base: string; readonly theirs: string };
  /** Exported names that the release renamed, old to new. */
  readonly renames?: ReadonlyMap<string, string>;
  /**
   * Declarations to leave to the user, with the reason, although they could be merged: what a type check of the result
   * objects to. `declarationAtLine` tells their names.
   */
  readonly disputed?: ReadonlyMap<string, string>;
}

/**
 * Brings what changed from `base` to `theirs` into `yours`. Pure: no file system, no clock, same input, same bytes. What
 * is not certainly right is a conflict, scoped as narrowly as possible; a line that no side changed stays byte-identical.
 */
export function mergeFile(input: MergeInput): Merged {
  if (!isWindows(input.yours)) return mergeAlike(input);
  const yours = input.yours.replaceAll("\r\n", "\n");
  return toWindows(mergeAlike({ ...input, yours }));
}

function mergeAlike(input: MergeInput): Merged {
  const sides = endedAlike(input);
  const { base, yours, theirs } = sides;
  if (yours === theirs || base === theirs) {
    return { pieces: [yours], stage: "same" };
  }
  if (yours === base) return { pieces: [theirs], stage: "same" };
  if (hasMarkers(yours)) {
    const reason = "It still has the markers of an earlier merge.";
    return { ...wholeConflict(sides, reason), doubt: "markers" };
  }
  return isCode(input.path)
    ? mergeCode(sides, codeReader(input.path), input)
    : mergeText(sides);
}

/** Each stage only where the one before leaves a conflict, or a text that cannot be trusted. */
function mergeCode(
  sides: Sides,
  read: ReadCode,
  { renames, disputed }: Pick<MergeInput, "renames" | "disputed">,
): Merged {
  if (read(sides.yours) === undefined) {
    return { ...mergeText(sides), doubt: "unparsed" };
  }
  const styled = inStyleOfYours(sides, read);
  const stage = styled.theirs === sides.theirs ? "lines" : "restyled";
  let known: Sides | undefined;
  const replayed = (): Sides =>
    (known ??= inStyleOfYours(replayChanges(styled, read, renames), read));
  if (disputed !== undefined && disputed.size > 0) {
    return (
      byDeclarations(replayed(), read, disputed) ??
      wholeConflict(styled, [...disputed.values()].join(" "))
    );
  }
  const byLines = settledLines(styled, stage, read);
  if (byLines && !hasWraps(styled, read)) return byLines;
  const followed =
    settledLines(replayed(), "renames", read) ??
    byDeclarations(replayed(), read) ??
    byDeclarations(styled, read) ??
    wholeConflict(styled, bothChanged);
  return byLines && saysSame(byLines, followed) ? byLines : followed;
}

/** Whether two merges leave nothing open and differ in white space at the most. */
function saysSame(one: Merged, other: Merged): boolean {
  const [said, also] = [one, other].map(({ pieces }) =>
    pieces.every((piece) => typeof piece === "string")
      ? pieces.join("").replace(/\s+/g, "")
      : undefined,
  );
  return said !== undefined && said === also;
}

/** A text without declarations: line by line, and no word lost or doubled. */
function mergeText(sides: Sides): Merged {
  const { base, yours, theirs } = sides;
  const pieces = mergeLines(base, yours, theirs);
  const isTrusted = doubtOf(sides, pieces, () => undefined) === undefined;
  return isTrusted
    ? { pieces, stage: "lines" }
    : wholeConflict(sides, bothChanged);
}

/** A merge by lines that leaves nothing open. */
function settledLines(
  sides: Sides,
  stage: MergeStage,
  read: ReadCode,
): Merged | undefined {
  const pieces = mergeLines(sides.base, sides.yours, sides.theirs);
  const merged = { pieces, stage };
  if (conflictsOf(merged).length > 0) return undefined;
  return doubtOf(sides, pieces, read) === undefined ? merged : undefined;
}

function byDeclarations(
  sides: Sides,
  read: ReadCode,
  disputed?: MergeInput["disputed"],
): Merged | undefined {
  const pieces = mergeDeclarations(sides, read, disputed);
  return pieces && { pieces, stage: "declarations" };
}

const bothChanged = "You and the new version changed the same places.";

/** The release's texts with the user's line endings; formatted ones in place of those that were not. */
function endedAlike({ base, yours, theirs, restyled }: MergeInput): Sides {
  return {
    base: withEndingsOf(yours, restyled?.base ?? base),
    yours,
    theirs: withEndingsOf(yours, restyled?.theirs ?? theirs),
  };
}

/** A file that is left to the user as a whole. */
export function wholeConflict(sides: Sides, reason: string): Merged {
  const { base, yours, theirs } = sides;
  return {
    pieces: [{ name: "", reason, base, yours, theirs }],
    stage: "declarations",
  };
}

/** The declaration that a line of a text is in, the first line being 1; empty outside all of them. */
export function declarationAtLine(
  path: string,
  text: string,
  line: number,
): string {
  const code = isCode(path) ? codeReader(path)(text) : undefined;
  const lines = text.split("\n");
  const before =
    lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const indent = /^\s*/.exec(lines[line - 1] ?? "")?.[0].length ?? 0;
  return code ? declarationAt(code, before + indent) : "";
}
