import type { Answers } from "../answers.ts";
import type { BentoRecord, RecordedFile } from "../record.ts";
import type { FilePlan, NextEntry } from "./plan-outcome.ts";

/** The record once a plan is carried out; what was left out of it stays as it was. */
export function nextRecord(
  record: BentoRecord,
  version: string,
  answers: Answers,
  plans: readonly FilePlan[],
  untouched: readonly RecordedFile[],
): BentoRecord {
  const entries: readonly NextEntry[] = [
    ...plans.flatMap(({ next }) => next ?? []),
    ...untouched.map((file) => ({ file, base: undefined })),
  ];
  const files = entries
    .map(({ file }) => file)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const base = entries.flatMap(({ file, base: text }) => {
    const kept = text ?? record.base.get(file.id);
    return kept === undefined ? [] : [[file.id, kept] as const];
  });
  return { version, answers, files, base: new Map(base) };
}
