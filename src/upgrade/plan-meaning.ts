import { environmentLines, ignoreLines } from "../project/lines.ts";
import type { Json } from "../render/print-json.ts";
import type { LayerFile } from "./layer-file.ts";
import { keep, nextEntry } from "./plan-entries.ts";
import type { EmittedFile, PlanInput } from "./plan-input.ts";
import { mergeKeys } from "./plan-keys.ts";
import { mergeList } from "./plan-lines.ts";
import type { FilePlan } from "./plan-outcome.ts";
import { packageRules, plainRules } from "./plan-package.ts";
import { mergePermissions } from "./plan-permissions.ts";
import { mergedByMeaning, parseLoosely } from "./plan-standing.ts";
import { dress, dressOf, undress } from "./text-dress.ts";

/** Merges a file of which only some keys or lines are the tool's. */
export function planMeaning(
  file: LayerFile,
  theirs: EmittedFile,
  plan: PlanInput,
): FilePlan {
  const { disk, base = "" } = file;
  const next = nextEntry(file, theirs);
  if (disk.kind !== "text") return keep(file, next, "");
  const bare = undress(disk.text);
  const { text, notes } = merge(theirs, base, bare, plan);
  const planned = keep(file, next, notes.join(" "));
  if (text === bare) return planned;
  const whole = file.standing === "unchanged" && text === theirs.text;
  return {
    ...planned,
    action: whole ? "replace" : "merge",
    text: dress(text, dressOf(disk.text)),
  };
}

/** A file of the user's own takes in what it lacks. */
export function planNewByMeaning(
  theirs: EmittedFile,
  present: string,
  plan: PlanInput,
): FilePlan {
  const { recorded, pristine } = theirs;
  const bare = undress(present);
  const { text, notes } = merge(theirs, "", bare, plan);
  return {
    id: recorded.id,
    path: recorded.path,
    from: undefined,
    action: text === bare ? "keep" : "merge",
    stage: undefined,
    note: notes.join(" "),
    text: text === bare ? undefined : dress(text, dressOf(present)),
    conflict: undefined,
    next: { file: recorded, base: pristine },
  };
}

function merge(
  { recorded, text: theirs }: EmittedFile,
  base: string,
  yours: string,
  { otherScripts }: PlanInput,
): { readonly text: string; readonly notes: readonly string[] } {
  if (recorded.id === "pnpm-workspace.yaml") {
    const text = mergePermissions(recorded.path, base, yours, theirs);
    return { text, notes: [] };
  }
  if (mergedByMeaning[recorded.id] === "lines") {
    const list =
      recorded.id === ".env.example" ? environmentLines : ignoreLines;
    return {
      text: mergeList(recorded.path, base, yours, theirs, list),
      notes: [],
    };
  }
  const old = tableOf(base);
  const rules =
    recorded.id === "package.json"
      ? packageRules(old, otherScripts)
      : plainRules;
  return mergeKeys(old, yours, tableOf(theirs), rules);
}

function tableOf(text: string): Json {
  return text === "" ? {} : (parseLoosely(text) as Json);
}
