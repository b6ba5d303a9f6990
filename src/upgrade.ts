import type { Answers } from "./answers.ts";
import type { OpenedLayer } from "./project/open-layer.ts";
import type { Progress } from "./progress.ts";
import { prefixOf } from "./project/workspace.ts";
import { undoFolder } from "./write/undo-folder.ts";
import type { BentoRecord } from "./record.ts";
import type { Edition } from "./upgrade/edition.ts";
import { readLayerState, type LayerState } from "./upgrade/layer-state.ts";
import { changesOf } from "./upgrade/plan-changes.ts";
import {
  decideConflicts,
  decisions,
  type ConflictMode,
  type Decide,
} from "./upgrade/plan-conflicts.ts";
import {
  permissionChange,
  type PermissionChange,
} from "./upgrade/permission-change.ts";
import { newPackages } from "./upgrade/plan-package.ts";
import { conflictsIn, type FilePlan } from "./upgrade/plan-outcome.ts";
import { nextRecord } from "./upgrade/plan-record.ts";
import { planUpgrade } from "./upgrade/plan-upgrade.ts";
import { prepareUpgrade, type Wish } from "./upgrade/prepare.ts";
import { recordChanges } from "./upgrade/record-changes.ts";
import { knownTo, refuseUnready, refuseVersion } from "./upgrade/refuse.ts";
import { checkTypes, type TypeReport } from "./upgrade/type-gate.ts";
import { refuseDamaged } from "./upgrade/damaged-base.ts";
import { nameSplits } from "./upgrade/find-split.ts";
import type { Change } from "./write/change.ts";
import { checkPaths } from "./write/paths.ts";
import { applyChanges } from "./write/transaction.ts";

/** What is wanted of an upgrade; `add`, `remove` and changed answers are upgrades too. */
export interface UpgradeRequest extends Omit<Wish, "answers"> {
  readonly opened: OpenedLayer;
  readonly edition: Edition;
  readonly answers: Answers;
  readonly conflicts: ConflictMode;
  /** Asks about the conflicts; undefined where there is no terminal. */
  readonly ask: ((files: readonly FilePlan[]) => Promise<Decide>) | undefined;
  readonly allowDowngrade: boolean;
  /** Whether files are left out; the record as a whole then stays behind. */
  readonly partial: boolean;
  readonly signal?: AbortSignal;
  /** Told that the types are being checked, which takes seconds; nobody unless given. */
  readonly progress?: Progress;
}

/** Everything that an upgrade will do, before a byte is written. */
export interface UpgradePlan {
  readonly state: LayerState;
  readonly version: string;
  readonly answers: Answers;
  /** As planned, with the conflicts. */
  readonly planned: readonly FilePlan[];
  /** With the conflicts decided; one that is still open keeps everything from being written. */
  readonly files: readonly FilePlan[];
  readonly record: BentoRecord;
  /** The folder that the changes are counted from: the project, or the workspace around it. */
  readonly base: string;
  readonly changes: readonly Change[];
  /** What of the changes is outside of `files`. */
  readonly permission: PermissionChange | undefined;
  /** Packages that package.json asks for from now on. */
  readonly packages: readonly string[];
  readonly types: TypeReport;
  readonly notes: readonly string[];
}

/**
 * record → render → merge → check → decide: the whole upgrade as a value.
 *
 * @throws ToolError where nothing can be planned; nothing is written either way
 */
export async function planLayerUpgrade(
  request: UpgradeRequest,
): Promise<UpgradePlan> {
  const { opened, edition, answers, signal } = request;
  refuseVersion(opened, edition.version, request.allowDowngrade);
  const known = knownTo(opened, edition, request.allowDowngrade);
  const state = await readLayerState(opened, known, signal);
  refuseUnready(state);
  const prepared = await prepareUpgrade(state, edition, request, signal);
  const merged = planUpgrade(prepared.input);
  const checked = await checkTypes(state, prepared.input, merged, request);
  const planned = nameSplits(state.root, checked.files, state.files);
  if (request.conflicts === "ask") refuseDamaged(state, planned, known);
  const files = await decide(planned, request);
  const record = nextRecord(
    state.record,
    request.partial ? state.record.version : edition.version,
    answers,
    files,
    prepared.untouched,
  );
  const permission = permissionChange(state, answers, files);
  const changes = changesOf(files, prepared.input);
  const isNews =
    changes.length > 0 ||
    permission !== undefined ||
    state.record.version !== record.version ||
    JSON.stringify(state.record.answers) !== JSON.stringify(answers);
  const records = isNews ? await recordChanges(state, record, signal) : [];
  const base = permission?.base ?? state.root;
  const prefix = prefixOf(base, state.root);
  return {
    state,
    version: edition.version,
    answers,
    planned,
    files,
    record,
    base,
    changes: [
      ...(permission === undefined ? [] : [permission.change]),
      ...[...changes, ...records].map((change) => ({
        ...change,
        path: prefix + change.path,
      })),
    ],
    permission,
    packages: packagesIn(files, state),
    types: {
      unchecked: checked.unchecked,
      news: checked.news,
      left: await checked.left(files),
    },
    notes: [permission?.note, prepared.note].flatMap((note) => note ?? []),
  };
}

/** Whether a conflict is left that nobody could be asked about. */
export function isOpen({ files }: UpgradePlan): boolean {
  return files.some(
    ({ conflict, text }) => conflict !== undefined && text === undefined,
  );
}

/**
 * Carries out a plan: all of it or nothing, and the old files are kept for `undo`.
 *
 * @throws ToolError with the project as it was before
 */
export async function applyUpgrade(
  { state, base, changes }: UpgradePlan,
  signal?: AbortSignal,
): Promise<void> {
  if (changes.length === 0) return;
  await applyChanges(base, changes, {
    keep: `${prefixOf(base, state.root)}${state.layer}/${undoFolder}`,
    signal,
  });
}

/** Finds before the first byte, and in a dry run too, what the writing would refuse. */
export function checkUpgrade({ base, changes }: UpgradePlan): void {
  checkPaths(base, [...changes.map(({ path }) => path)]);
}

function packagesIn(
  files: readonly FilePlan[],
  { files: present }: LayerState,
): readonly string[] {
  const after = files.find(({ id }) => id === "package.json")?.text;
  const disk = present.find(
    ({ recorded }) => recorded.id === "package.json",
  )?.disk;
  if (after === undefined || disk?.kind !== "text") return [];
  return newPackages(disk.text, after);
}

async function decide(
  planned: readonly FilePlan[],
  { conflicts, ask, edition }: UpgradeRequest,
): Promise<readonly FilePlan[]> {
  if (conflictsIn(planned).length === 0) return planned;
  if (conflicts !== "ask") {
    return decideConflicts(planned, decisions[conflicts], edition.version);
  }
  if (ask === undefined) return planned;
  return decideConflicts(planned, await ask(planned), edition.version);
}
