import { mergeFile } from "../merge.ts";
import { conflictsOf, type Merged } from "../merge/merged.ts";
import { decideMerged } from "../merge/print-merged.ts";
import { hashText } from "../record.ts";
import type { LayerFile } from "./layer-file.ts";
import { emptyPlan, keep, nextEntry, withState } from "./plan-entries.ts";
import type { EmittedFile, FileInput, PlanInput } from "./plan-input.ts";
import { planMeaning } from "./plan-meaning.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { questionHunks } from "./plan-hunks.ts";
import { mergedByMeaning } from "./plan-standing.ts";
import { mergeTwo } from "./plan-two-way.ts";
import { isTakenOut, planReplaced, planTakenOut } from "./plan-untouched.ts";
import { planDropped, planNew } from "./plan-whole-files.ts";
import { dress, dressOf, undress } from "./text-dress.ts";

/** Decides for one file: the table of the specification, row by row. */
export function planFile(input: FileInput, plan: PlanInput): FilePlan {
  const { file, theirs } = input;
  if (file === undefined) {
    return theirs === undefined ? emptyPlan(input.id) : planNew(theirs, plan);
  }
  if (theirs === undefined) return planDropped(file);
  if (isTakenOut(file)) return planTakenOut(file, theirs);
  if (file.recorded.state === "detached") return planDetached(input, plan);
  return planBoth(file, theirs, input, plan);
}

/** Both have it: whose changes are there? */
function planBoth(
  file: LayerFile,
  theirs: EmittedFile,
  input: FileInput,
  plan: PlanInput,
): FilePlan {
  if (file.standing === "replaced") return planReplaced(file, theirs);
  if (input.renamedTo !== undefined && theirs.inTheWay.kind !== "none") {
    return planRenameInTheWay(file, theirs);
  }
  const moving = pathAfter(file, theirs, input) !== file.path;
  const same = file.recorded.hash === theirs.recorded.hash;
  if (same && !moving) return keep(file, nextEntry(file, theirs), "");
  if (mergedByMeaning[file.recorded.id] !== undefined) {
    return planMeaning(file, theirs, plan);
  }
  const planned = planText(file, theirs, plan);
  return moving ? move(planned, file, theirs) : planned;
}

function planText(
  file: LayerFile,
  theirs: EmittedFile,
  plan: PlanInput,
): FilePlan {
  const { disk, base, styledBase } = file;
  if (disk.kind !== "text") return planReplaced(file, theirs);
  const next = nextEntry(file, theirs);
  const worn = dressOf(disk.text);
  const yours = undress(disk.text);
  if ([theirs.text, theirs.styled].includes(yours)) {
    return keep(file, next, "");
  }
  if (file.standing === "unchanged" || isPristine(file, yours)) {
    const text = yours === base ? theirs.text : theirs.styled;
    return {
      ...keep(file, next, ""),
      action: "replace",
      text: dress(text, worn),
    };
  }
  if (base === undefined) {
    const merged = mergeTwo(yours, theirs.styled);
    return conflict(
      file,
      theirs,
      merged,
      "its pristine text in .bento/base.txt is damaged",
    );
  }
  const merged = mergeFile({
    path: file.path,
    base,
    yours,
    theirs: theirs.text,
    restyled: { base: styledBase ?? base, theirs: theirs.styled },
    ...(plan.renames === undefined ? {} : { renames: plan.renames }),
  });
  if (conflictsOf(merged).length > 0) return conflict(file, theirs, merged, "");
  const settled = decideMerged(merged, () => "");
  if (merged.doubt === "unparsed") {
    const doubts = new Map([[-1, unparsed]]);
    const asked = questionHunks(yours, settled, doubts, merged.stage);
    return conflict(file, theirs, asked, "");
  }
  const text = dress(settled, worn);
  return text === disk.text
    ? keep(file, next, "")
    : { ...keep(file, next, ""), action: "merge", stage: merged.stage, text };
}

const unparsed =
  "Your file does not parse, so that its merge cannot be checked.";

/** A damaged line still has its hash in record.json. */
function isPristine({ base, recorded }: LayerFile, yours: string): boolean {
  return base === undefined && hashText(yours) === recorded.hash;
}

function conflict(
  file: LayerFile,
  theirs: EmittedFile,
  merged: Merged,
  note: string,
): FilePlan {
  const text = file.disk.kind === "text" ? file.disk.text : "";
  return {
    ...keep(file, nextEntry(file, theirs), note),
    action: "conflict",
    stage: merged.stage,
    conflict: {
      merged,
      dress: dressOf(text),
      sides: { base: file.base, yours: undress(text), theirs: theirs.styled },
      baseVersion: file.recorded.version,
      taken: false,
    },
  };
}

/** The user's own from the first day changes by the user's answers only; one that was given up may come back. */
function planDetached(input: FileInput, plan: PlanInput): FilePlan {
  const { file, theirs, formerly } = input;
  if (file === undefined || theirs === undefined) return emptyPlan(input.id);
  const asRecorded = keep(
    file,
    { file: { ...file.recorded, path: file.path }, base: undefined },
    "",
  );
  const owned = theirs.recorded.state === "detached";
  if (owned ? formerly?.pristine === theirs.pristine : formerly !== undefined) {
    return asRecorded;
  }
  if (!owned) return planBoth(file, theirs, input, plan);
  // Its base is what this version gives for the old answers: only what the answers change may come in.
  const base = formerly?.text ?? file.base;
  if (base === undefined || file.disk.kind !== "text") return asRecorded;
  const yours = undress(file.disk.text);
  const standing =
    yours === base || file.standing === "unchanged" ? "unchanged" : "changed";
  const planned = planText({ ...file, base, standing }, theirs, plan);
  return { ...planned, next: withState(planned.next, "detached") };
}

function pathAfter(
  file: LayerFile,
  theirs: EmittedFile,
  { renamedTo }: FileInput,
): string {
  return renamedTo === undefined || file.ownPlace
    ? file.path
    : theirs.recorded.path;
}

/** We renamed it: the user's edits follow. */
function move(
  planned: FilePlan,
  file: LayerFile,
  theirs: EmittedFile,
): FilePlan {
  const { path } = theirs.recorded;
  const present = file.disk.kind === "text" ? file.disk.text : "";
  return {
    ...planned,
    path,
    from: file.path,
    action: planned.action === "keep" ? "replace" : planned.action,
    note: planned.note === "" ? `renamed from ${file.path}` : planned.note,
    text:
      planned.text ?? (planned.conflict === undefined ? present : undefined),
    next: planned.next && {
      ...planned.next,
      file: { ...planned.next.file, path },
    },
  };
}

/** Nothing is moved; whatever is decided, the old file stays and is the user's. */
function planRenameInTheWay(file: LayerFile, theirs: EmittedFile): FilePlan {
  const planned = planNew(theirs, undefined);
  if (planned.conflict === undefined || planned.next === undefined) {
    return planned;
  }
  const { recorded } = theirs;
  return {
    ...planned,
    note: `${file.path} is called ${recorded.path} now, and a file of yours is there`,
    next: withState(nextEntry(file, theirs), "detached"),
  };
}
