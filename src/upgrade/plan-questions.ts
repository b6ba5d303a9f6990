import type { FileInput } from "./plan-input.ts";
import { questionHunks, type Doubts } from "./plan-hunks.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { dressOf, undress } from "./text-dress.ts";

/** Takes back a settled text: its doubtful changes are for the user to decide. */
export function questionFile(
  plan: FilePlan,
  input: FileInput | undefined,
  doubts: Doubts,
): FilePlan {
  const { text, stage } = plan;
  if (text === undefined || input === undefined) return plan;
  const { file, theirs } = input;
  const present = file?.disk.kind === "text" ? file.disk.text : undefined;
  const yours = present === undefined ? "" : undress(present);
  return {
    ...plan,
    action: "conflict",
    text: undefined,
    conflict: {
      merged: questionHunks(yours, undress(text), doubts, stage ?? "same"),
      dress: dressOf(present ?? text),
      sides: {
        base: file?.base,
        yours: present === undefined ? undefined : yours,
        theirs: theirs?.styled,
      },
      baseVersion: file?.recorded.version ?? plan.next?.file.version ?? "",
      taken: false,
    },
  };
}
