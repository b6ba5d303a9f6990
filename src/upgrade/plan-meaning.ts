import { ignoreLines, lineLists, permissionLines } from "../project/lines.ts";
import { withOwn } from "../record/own-parts.ts";
import type { RecordedFile } from "../record.ts";
import type { Json } from "../render/print-json.ts";
import type { LayerFile } from "./layer-file.ts";
import { keep, nextEntry } from "./plan-entries.ts";
import type { EmittedFile, PlanInput } from "./plan-input.ts";
import { mergeKeys } from "./plan-keys.ts";
import { mergeList } from "./plan-lines.ts";
import type { FilePlan, NextEntry } from "./plan-outcome.ts";
import { ownLines, ownValues } from "./plan-own.ts";
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
  const { disk, recorded, base = "" } = file;
  const next = nextEntry(file, theirs);
  if (disk.kind !== "text") return keep(file, next, "");
  const bare = undress(disk.text);
  const sides = { base, yours: bare, theirs: theirs.text };
  const { text, notes, own } = merge(recorded, sides, plan.otherScripts);
  const planned = keep(file, ownedBy(next, own), notes.join(" "));
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
  const sides = { base: "", yours: bare, theirs: theirs.text };
  const { text, notes, own } = merge(recorded, sides, plan.otherScripts);
  return {
    id: recorded.id,
    path: recorded.path,
    from: undefined,
    action: text === bare ? "keep" : "merge",
    stage: undefined,
    note: notes.join(" "),
    text: text === bare ? undefined : dress(text, dressOf(present)),
    conflict: undefined,
    next: ownedBy({ file: recorded, base: pristine }, own),
  };
}

/** A file that the layer no longer has a part in stays without that part, or goes where nothing else is in it. */
export function planDroppedByMeaning(file: LayerFile): FilePlan {
  const { disk, recorded, base = "" } = file;
  if (disk.kind !== "text") return keep(file, undefined, "");
  const bare = undress(disk.text);
  const sides = { base, yours: bare, theirs: "" };
  const { text, notes } = merge(recorded, sides, new Map());
  const planned = keep(file, undefined, notes.join(" "));
  if (/^\s*(?:\{\s*\}\s*)?$/.test(text))
    return { ...planned, action: "delete" };
  if (text === bare) return planned;
  const note = "yours stays, without what the layer had in it";
  return {
    ...planned,
    action: "merge",
    note,
    text: dress(text, dressOf(disk.text)),
  };
}

function ownedBy(next: NextEntry, own: readonly string[]): NextEntry {
  return { ...next, file: withOwn(next.file, own) };
}

interface Sides {
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}

interface MergedPart {
  readonly text: string;
  readonly notes: readonly string[];
  /** See `RecordedFile.own`. */
  readonly own: readonly string[];
}

function merge(
  { id, own: recorded = [] }: RecordedFile,
  { base, yours, theirs }: Sides,
  otherScripts: ReadonlyMap<string, string>,
): MergedPart {
  if (mergedByMeaning[id] === "keys") {
    const [old, now] = [tableOf(base), tableOf(theirs)];
    const isPackage = id === "package.json";
    const rules = isPackage ? packageRules(old, otherScripts) : plainRules;
    const owned = ownValues(old, yours, now, recorded, rules);
    const { text, notes } = mergeKeys(owned.base, yours, owned.theirs, rules);
    const stays = owned.staying.map((name) => staying(name, id));
    return { text, notes: [...notes, ...stays], own: owned.own };
  }
  const list = lists[id] ?? ignoreLines;
  const owned = ownLines(base, yours, theirs, recorded, list);
  const text =
    list === permissionLines
      ? mergePermissions(yours, owned)
      : mergeList(id, owned.base, yours, owned.theirs, list);
  return { text, notes: [], own: owned.own };
}

function staying(name: string, path: string): string {
  return `${name} stays in ${path}: nothing says that the layer added it.`;
}

const lists: typeof lineLists = {
  ...lineLists,
  "pnpm-workspace.yaml": permissionLines,
};

function tableOf(text: string): Json {
  return text === "" ? {} : (parseLoosely(text) as Json);
}
