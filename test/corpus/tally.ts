import type { DrawnCase } from "./corpus.ts";
import { type Answer, judge, type Judgement, type Outcome } from "./judge.ts";

/** A way to merge one file. */
export interface Engine {
  readonly name: string;
  readonly merge: (given: DrawnCase) => Answer;
}

/** A case with what an engine made of it. */
export interface Judged extends Judgement {
  readonly given: DrawnCase;
  readonly answer: Answer;
  readonly ms: number;
}

export function judgeWith({ merge }: Engine, given: DrawnCase): Judged {
  const started = performance.now();
  const answer = merge(given);
  const ms = performance.now() - started;
  return { given, answer, ms, ...judge(given, answer) };
}

/** What an engine made of many cases. */
export interface Tally {
  readonly cases: number;
  /** Cases whose outcome is certain. */
  readonly mergeable: number;
  readonly right: number;
  readonly falseConflicts: number;
  /** Clean merges that are not what was expected, or that had to be conflicts. */
  readonly wrong: number;
  readonly collateral: number;
}

export function tally(judged: readonly Judged[]): Tally {
  const mergeable = judged.filter(({ given }) => given.wanted === "merge");
  const count = (from: readonly Judged[], outcome: Outcome): number =>
    from.filter((one) => one.outcome === outcome).length;
  return {
    cases: judged.length,
    mergeable: mergeable.length - count(mergeable, "left"),
    right: count(mergeable, "right"),
    falseConflicts: count(mergeable, "false conflict"),
    wrong: count(judged, "wrong"),
    collateral: judged.reduce((sum, one) => sum + one.collateral.length, 0),
  };
}

/** The share of right answers among the cases whose outcome is certain, in per cent. */
export function rightShare({ right, mergeable }: Tally): number {
  return (100 * right) / mergeable;
}
