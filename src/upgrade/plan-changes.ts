import { hashOf, type Change, type Expected } from "../write/change.ts";
import type { FileOnDisk } from "./file-on-disk.ts";
import type { PlanInput } from "./plan-input.ts";
import { touchesDisk, type FilePlan } from "./plan-outcome.ts";

/** The plan as changes of the disk; each expects the very bytes that the plan was made of. */
export function changesOf(
  files: readonly FilePlan[],
  input: PlanInput,
): readonly Change[] {
  const seen = new Map<string, FileOnDisk>();
  for (const { file, theirs } of input.files) {
    if (theirs !== undefined) seen.set(theirs.recorded.path, theirs.inTheWay);
    if (file !== undefined) seen.set(file.path, file.disk);
  }
  return files.filter(touchesDisk).flatMap((plan) => changesOfFile(plan, seen));
}

function changesOfFile(
  { path, from, text, action }: FilePlan,
  seen: ReadonlyMap<string, FileOnDisk>,
): readonly Change[] {
  const present = seen.get(from ?? path);
  if (action === "delete") return [take(path, present)];
  if (text === undefined) return [];
  const write = { kind: "write", path, content: text } as const;
  if (from === undefined) return [{ ...write, expected: expected(present) }];
  const mode = present?.kind === "text" ? { mode: present.mode } : {};
  return [{ ...write, ...mode, expected: null }, take(from, present)];
}

function take(path: string, present: FileOnDisk | undefined): Change {
  return { kind: "delete", path, expected: expected(present) ?? "" };
}

function expected(present: FileOnDisk | undefined): Expected {
  return present !== undefined && "bytes" in present
    ? hashOf(present.bytes)
    : null;
}
