import { matchesGlob } from "../plan/glob.ts";
import { layerFolder } from "../plan/landing.ts";
import type { LayerFile } from "./layer-file.ts";
import { emptyPlan, keep, withState } from "./plan-entries.ts";
import type { EmittedFile, PlanInput } from "./plan-input.ts";
import { planDroppedByMeaning, planNewByMeaning } from "./plan-meaning.ts";
import type { FilePlan, NextEntry } from "./plan-outcome.ts";
import { mergedByMeaning } from "./plan-standing.ts";
import { dressOf, undress } from "./text-dress.ts";

/** New in this version or for these answers. */
export function planNew(
  theirs: EmittedFile,
  plan: PlanInput | undefined,
): FilePlan {
  const { recorded, pristine, styled, text, inTheWay } = theirs;
  const next: NextEntry = { file: recorded, base: pristine };
  const start = { ...emptyPlan(recorded.id), path: recorded.path, next };
  if (inTheWay.kind === "none") {
    return { ...start, action: "add", text: styled };
  }
  if (inTheWay.kind === "text") {
    const yours = undress(inTheWay.text);
    if ([text, styled].includes(yours)) {
      return { ...start, note: "it was there already, the same" };
    }
    if (plan !== undefined && mergedByMeaning[recorded.id] !== undefined) {
      return planNewByMeaning(theirs, inTheWay.text, plan);
    }
    return takenPlace(start, theirs, inTheWay.text);
  }
  return takenPlace(start, theirs, "");
}

/** The user's own file stays, whatever is decided, unless the new one is asked for. */
function takenPlace(
  start: FilePlan,
  theirs: EmittedFile,
  present: string,
): FilePlan {
  const yours = undress(present);
  const question = {
    name: "",
    reason: "Your own file is where a new one of the layer is to go.",
    base: "",
    yours,
    theirs: theirs.styled,
  };
  return {
    ...start,
    action: "conflict",
    note: "a file of yours is where it is to go",
    next: withState(start.next, "detached"),
    conflict: {
      merged: { pieces: [question], stage: "same" },
      dress: dressOf(present),
      sides: { base: undefined, yours, theirs: theirs.styled },
      baseVersion: theirs.recorded.version,
      taken: true,
    },
  };
}

/** Applied migrations are history, whatever becomes of the part. */
const history = `${layerFolder}/migrations/versions/*.ts`;

/** Gone from this version or for these answers. */
export function planDropped(file: LayerFile): FilePlan {
  const { recorded, standing } = file;
  if (standing === "missing" || recorded.state === "deleted") {
    return keep(file, undefined, "");
  }
  if (mergedByMeaning[recorded.id] !== undefined) {
    return planDroppedByMeaning(file);
  }
  const kept: NextEntry = {
    file: { ...recorded, path: file.path, state: "detached" },
    base: undefined,
  };
  if (standing === "unchanged" && !matchesGlob(recorded.id, history)) {
    return { ...keep(file, undefined, ""), action: "delete" };
  }
  if (recorded.state === "detached") return keep(file, kept, "");
  return keep(
    file,
    kept,
    "no longer part of the layer; you changed it, so it stays and is yours",
  );
}
