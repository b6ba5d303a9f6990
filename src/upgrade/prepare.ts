import type { Answers } from "../answers.ts";
import { findWorkspaceRoot } from "../project/workspace.ts";
import { createRecord, type RecordedFile } from "../record.ts";
import { scriptsOf } from "../requirements/scripts.ts";
import type { Edition } from "./edition.ts";
import { emitFor } from "./emit.ts";
import type { LayerFile, LayerState } from "./layer-state.ts";
import type { FileInput, PlanInput } from "./plan-input.ts";
import { renamesBetween } from "./plan-renames.ts";

/** What an upgrade is to bring about. */
export interface Wish {
  readonly answers: Answers;
  /** Ids of deleted files that shall come back. */
  readonly restore: ReadonlySet<string>;
  /** The files concerned; the others stay as they are, record and all. */
  readonly concerns: (path: string) => boolean;
}

/** The plan's input, and the files that it leaves out. */
export interface Prepared {
  readonly input: PlanInput;
  readonly untouched: readonly RecordedFile[];
  readonly note: string | undefined;
}

/** Renders what this version emits and reads what lies where it is to go; writes nothing. */
export async function prepareUpgrade(
  state: LayerState,
  edition: Edition,
  wish: Wish,
  signal?: AbortSignal,
): Promise<Prepared> {
  const { record } = state;
  const { version } = edition;
  const renames = renamesBetween(edition.renames, record.version, version);
  const files = byNewId(state, wish, renames.files);
  const now = await emitFor(state, edition, wish.answers, files, signal);
  const before = isSame(record.answers, wish.answers)
    ? now.record.base
    : createRecord(version, record.answers, edition.render(record.answers))
        .base;
  const inWorkspace = findWorkspaceRoot(state.root) !== undefined;
  const ids = [...new Set([...files.keys(), ...now.files.keys()])];
  const inputs = ids.map((id): FileInput => {
    const file = files.get(id);
    const old = before.get(id);
    return {
      id,
      file,
      theirs: now.files.get(id),
      formerly: old === undefined ? undefined : { pristine: old, text: old },
      renamedTo: file === undefined || file.recorded.id === id ? undefined : id,
    };
  });
  const concerned = inputs.filter(({ file, theirs }) =>
    wish.concerns(file?.path ?? theirs?.recorded.path ?? ""),
  );
  return {
    input: {
      version,
      answers: wish.answers,
      files: concerned.filter((input) => !isLeftOut(input, inWorkspace)),
      renames: renames.exports,
      otherScripts: otherScripts(record.answers, wish.answers),
    },
    untouched: inputs
      .filter((input) => !concerned.includes(input))
      .flatMap(({ file }) => file?.recorded ?? []),
    note: now.note ?? state.note,
  };
}

function isSame(one: Answers, other: Answers): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The recorded files by what this version calls them, less those that are to be written anew. */
function byNewId(
  { files }: LayerState,
  { restore }: Wish,
  renamed: ReadonlyMap<string, string>,
): ReadonlyMap<string, LayerFile> {
  return new Map(
    files
      .filter(({ recorded }) => !restore.has(recorded.id))
      .map((file) => {
        const { id } = file.recorded;
        return [renamed.get(id) ?? id, file];
      }),
  );
}

/** In a project that was there before, permissions go into the user's own file; in a workspace into that of its root. */
function isLeftOut(
  { id, file, formerly }: FileInput,
  inWorkspace: boolean,
): boolean {
  if (id !== "pnpm-workspace.yaml" || file !== undefined) return false;
  return inWorkspace || formerly !== undefined;
}

/** Of scripts that go too. */
function otherScripts(
  ...answers: readonly Answers[]
): ReadonlyMap<string, string> {
  return new Map(
    answers
      .flatMap(scriptsOf)
      .flatMap(({ name, otherwise }) =>
        otherwise === undefined ? [] : [[name, otherwise] as const],
      ),
  );
}
