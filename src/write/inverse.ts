import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../errors.ts";
import type { Change } from "./change.ts";
import { readJournal, type Step } from "./journal.ts";

/**
 * The changes that take back a transaction which was kept (`TransactionOptions.keep`); each expects what that
 * transaction had written, so that a later edit is never lost.
 *
 * @throws ToolError `nothing-to-undo`
 */
export function inverseChanges(root: string, keep: string): Change[] {
  const journal = readJournal(root, join(root, keep));
  if (journal === undefined) {
    throw new ToolError({
      code: "nothing-to-undo",
      message: "There is no change of this tool that could be taken back.",
    });
  }
  return [...journal.steps.entries()]
    .reverse()
    .map(([index, step]) => inverse(join(root, keep, "old"), step, index));
}

function inverse(old: string, step: Step, index: number): Change {
  const expected = step.after?.hash ?? null;
  if (step.before !== null) {
    return {
      kind: "write",
      path: step.path,
      content: readFileSync(join(old, String(index))),
      mode: step.before.mode,
      expected,
    };
  }
  return { kind: "delete", path: step.path, expected: expected ?? "" };
}
