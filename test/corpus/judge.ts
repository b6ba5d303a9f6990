import { Code } from "./code.ts";
import {
  commonLines,
  linesOf,
  missingLines,
  surplus,
  untouchedLines,
} from "./lines.ts";
import type { MergeCase } from "./merge-case.ts";
import { canonical } from "./tokens.ts";

/** A merge's answer: texts that are settled, and conflicts. */
export interface Answer {
  readonly pieces: readonly (string | Sides)[];
}

export interface Sides {
  readonly yours: string;
  readonly theirs: string;
}

export type Outcome =
  /** Clean, and what was expected. */
  | "right"
  /** A conflict where there had to be one. */
  | "rightly left"
  /** A conflict that is as good as a merge. */
  | "left"
  /** A conflict where the outcome was certain. */
  | "false conflict"
  /** Clean, and not what was expected; or clean where there had to be a conflict. */
  | "wrong";

export interface Judgement {
  readonly outcome: Outcome;
  /** Lines of the user's that no side changed and that are not in the result as they were. */
  readonly collateral: readonly string[];
}

/** Judges a merge by texts alone: nothing here knows how one is made. */
export function judge(given: MergeCase, answer: Answer): Judgement {
  const conflicts = answer.pieces.filter((piece) => typeof piece !== "string");
  if (conflicts.length > 0) return judgeConflicts(given, answer, conflicts);
  const text = decided(answer, "yours");
  const matches = matching(given, text);
  if (matches.length === 0) return { outcome: "wrong", collateral: [] };
  const [fewest = []] = matches
    .map((match) => collateral(given, match, text))
    .sort((a, b) => a.length - b.length);
  return { outcome: "right", collateral: fewest };
}

function judgeConflicts(
  given: MergeCase,
  answer: Answer,
  conflicts: readonly Sides[],
): Judgement {
  const untouched = commonLines(
    commonLines(linesOf(given.base), linesOf(given.yours)),
    linesOf(given.theirs),
  );
  const lost = lostLines(untouched, linesOf(decided(answer, "yours")));
  if (given.wanted === "conflict") {
    const { yours = "", theirs = "" } = given.contested ?? {};
    const isShown = conflicts.some(
      (sides) => sides.yours.includes(yours) && sides.theirs.includes(theirs),
    );
    return { outcome: isShown ? "rightly left" : "wrong", collateral: lost };
  }
  const isExcused = given.wanted === "either" || breaksTypes(given);
  return { outcome: isExcused ? "left" : "false conflict", collateral: lost };
}

/** The text with every conflict decided for one side. */
export function decided({ pieces }: Answer, side: keyof Sides): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : piece[side]))
    .join("");
}

/** The expected texts that mean the same, in line endings that are the user's. */
function matching(
  { expected, yours }: MergeCase,
  text: string,
): readonly string[] {
  const isMixed = !/(?<!\r)\n/.test(yours) && /(?<!\r)\n/.test(text);
  if (isMixed) return [];
  const wanted = canonical(text);
  return expected.filter(
    (candidate) => candidate === text || canonical(candidate) === wanted,
  );
}

/**
 * Lines that the user's text shares with the expected one must be there, in their order. Where the result has another
 * order or layout than the expected text (what one side moved may stand before or behind what the other added), only
 * the lines that all three sides share keep their order, and lines without a word may come from elsewhere.
 */
function collateral(
  { base, yours, theirs }: MergeCase,
  expected: string,
  text: string,
): readonly string[] {
  if (text === expected) return [];
  const lines = linesOf(text);
  const kept = untouchedLines(linesOf(yours), linesOf(expected));
  if (unspaced(text) === unspaced(expected)) return missingLines(kept, lines);
  const fixed = commonLines(
    commonLines(linesOf(base), linesOf(yours)),
    linesOf(theirs),
  );
  const words = kept.filter((line) => /\w/.test(line));
  return [...surplus(words, lines), ...outOfPlace(fixed, lines)];
}

/** A brace that stands alone is like any other: which of them moved with a declaration, the texts do not say. */
function lostLines(
  fixed: readonly string[],
  lines: readonly string[],
): readonly string[] {
  return [...surplus(fixed, lines), ...outOfPlace(fixed, lines)];
}

function outOfPlace(
  fixed: readonly string[],
  lines: readonly string[],
): readonly string[] {
  return missingLines(
    fixed.filter((line) => isOnce(line, fixed) && isOnce(line, lines)),
    lines,
  );
}

function unspaced(text: string): string {
  return text.replaceAll(/\s/g, "");
}

function isOnce(line: string, lines: readonly string[]): boolean {
  return lines.filter((other) => other === line).length === 1;
}

/** Whether even the right merge would not compile although all three sides do: then a person has to look. */
function breaksTypes({ base, yours, theirs, expected }: MergeCase): boolean {
  const known = new Set(
    [base, yours, theirs].flatMap((text) => new Code(text).complaints()),
  );
  return expected.every((text) =>
    new Code(text).complaints().some((complaint) => !known.has(complaint)),
  );
}
