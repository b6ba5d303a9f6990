import type { Answers } from "../answers.ts";
import { formatFiles } from "../format.ts";
import {
  createRecord,
  type BentoRecord,
  type RecordedFile,
} from "../record.ts";
import type { Edition } from "./edition.ts";
import { readFileOnDisk, type FileOnDisk } from "./file-on-disk.ts";
import type { LayerFile, LayerState } from "./layer-state.ts";
import { fragmentFor } from "./package-fragment.ts";
import { layoutOf, relocateImports } from "./plan-imports.ts";
import type { EmittedFile } from "./plan-input.ts";

/** What an edition emits for a project as it is. */
export interface Emitted {
  /** Pristine, as the record of a first output would be. */
  readonly record: BentoRecord;
  readonly files: ReadonlyMap<string, EmittedFile>;
  /** Why the formatter could not be asked. */
  readonly note: string | undefined;
}

/** Renders, and brings the texts to where the files are and into the project's style; `files` are by the new ids. */
export async function emitFor(
  state: LayerState,
  edition: Edition,
  answers: Answers,
  files: ReadonlyMap<string, LayerFile>,
  signal: AbortSignal | undefined,
): Promise<Emitted> {
  const record = createRecord(
    edition.version,
    answers,
    edition.render(answers),
  );
  const adapt = fragmentFor(state.root, answers.packageManager);
  const place = (file: RecordedFile): string =>
    placeOf(file, files.get(file.id));
  const layout = layoutOf(record.files.map((file) => [file.path, place(file)]));
  const drafts = record.files.map((recorded) => {
    const pristine = record.base.get(recorded.id) ?? "";
    const target = place(recorded);
    const text = relocateImports(pristine, recorded.path, target, layout);
    return { recorded, pristine, target, text: adapt(recorded.id, text) };
  });
  const toStyle = drafts.filter(({ recorded }) =>
    isNews(recorded, files.get(recorded.id)),
  );
  const { texts, note } = await formatFiles(
    state.root,
    state.formatter,
    toStyle.map(({ target, text }) => ({ path: target, text })),
    signal,
  );
  const emitted = drafts.map(({ target, ...draft }): [string, EmittedFile] => [
    draft.recorded.id,
    {
      ...draft,
      styled: texts.get(target) ?? draft.text,
      inTheWay: inTheWay(
        state.root,
        draft.recorded,
        files.get(draft.recorded.id),
      ),
    },
  ]);
  return { record, files: new Map(emitted), note };
}

/** Where the user moved it, else where it is emitted to. */
function placeOf(emitted: RecordedFile, file: LayerFile | undefined): string {
  if (file === undefined) return emitted.path;
  const renamed = file.recorded.id !== emitted.id;
  return renamed && !file.ownPlace ? emitted.path : file.path;
}

/** Whether the text will be looked at: formatting takes time. */
function isNews(emitted: RecordedFile, file: LayerFile | undefined): boolean {
  return file?.recorded.hash !== emitted.hash;
}

function inTheWay(
  root: string,
  { id, path }: RecordedFile,
  file: LayerFile | undefined,
): FileOnDisk {
  if (file?.recorded.id === id) return { kind: "none" };
  if (file?.ownPlace === true) return { kind: "none" };
  return readFileOnDisk(root, path);
}
