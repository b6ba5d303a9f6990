import { join } from "node:path";
import { parseAnswers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { formatFiles } from "../format.ts";
import type { Formattable } from "../format/formattable.ts";
import { emittedIds } from "../plan.ts";
import { layerFolder, moveLayer } from "../plan/landing.ts";
import { detectFormatter, type Formatter } from "../project/formatter.ts";
import { readManifest, readText } from "../project/manifest.ts";
import { refuseNewer } from "../project/newer-record.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import {
  baseFile,
  recordFile,
  type BentoRecord,
  type RecordedFile,
  type RecordProblem,
} from "../record.ts";
import { parseRecord } from "../record/parse-record.ts";
import type { Templates } from "../render.ts";
import { readFileOnDisk, type FileOnDisk } from "./file-on-disk.ts";
import { findMoved } from "./find-moved.ts";
import { compare, type LayerFile, type ReadFile } from "./layer-file.ts";
import { fragmentFor } from "./package-fragment.ts";
import { layoutOf, relocateImports, type Layout } from "./plan-imports.ts";

export type { LayerFile, Standing } from "./layer-file.ts";

/** The layer as it was emitted, and as it is. */
export interface LayerState {
  readonly root: string;
  /** The layer's folder, relative to the project. */
  readonly layer: string;
  readonly record: BentoRecord;
  /** The two files of the record, as they lie on the disk. */
  readonly texts: { readonly json: string; readonly base: string };
  /** What is wrong with lines of base.txt. */
  readonly damaged: readonly RecordProblem[];
  readonly formatter: Formatter | undefined;
  /** Where modules lie that are not where they are emitted to. */
  readonly layout: Layout;
  /** Sorted by id. */
  readonly files: readonly LayerFile[];
  /** Why the formatter could not be asked. */
  readonly note: string | undefined;
}

/**
 * Reads the record and every file that it names; writes nothing.
 *
 * @throws ToolError `damaged-record`, `newer-record`
 */
export async function readLayerState(
  { root, layer }: OpenedLayer,
  templates: Templates,
  signal?: AbortSignal,
): Promise<LayerState> {
  const texts = {
    json: readText(join(root, layer, recordFile)) ?? "",
    base: readText(join(root, layer, baseFile)) ?? "",
  };
  const known = emittedIds([...templates.keys()]);
  const parsed = parseRecord({ ...texts, folder: layer }, known);
  if (!parsed.ok) {
    refuseNewer(texts.json, layer);
    throw damagedRecord(root, layer, parsed.problems);
  }
  const { record, damaged } = parsed;
  const disks = new Map(
    record.files.map(({ path }) => [path, readFileOnDisk(root, path)]),
  );
  const moved = findMovedFiles(root, record, disks);
  const pathOf = (file: RecordedFile): string =>
    moved.get(file.id) ?? file.path;
  const emittedFolder = emittedPath(texts);
  const emittedTo = (id: string): string => moveLayer(id, emittedFolder);
  const layout = layoutOf(
    record.files.map((file) => [emittedTo(file.id), pathOf(file)]),
  );
  const adapt = fragmentFor(root, record.answers.packageManager);
  const read = record.files.map((recorded) => {
    const path = pathOf(recorded);
    const base = record.base.get(recorded.id);
    return {
      recorded,
      path,
      moved: moved.has(recorded.id),
      ownPlace: path !== moveLayer(recorded.id, layer),
      disk: disks.get(path) ?? readFileOnDisk(root, path),
      base:
        base === undefined
          ? undefined
          : adapt(
              recorded.id,
              relocateImports(base, emittedTo(recorded.id), path, layout),
            ),
    };
  });
  const formatter = detectFormatter(root, readManifest(root));
  const { styled, note } = await styleBases(root, formatter, read, signal);
  const files = read.map((file): LayerFile => {
    const styledBase = styled.get(file.recorded.id);
    return { ...file, styledBase, standing: compare(file, styledBase) };
  });
  return {
    root,
    layer,
    record,
    texts,
    damaged,
    formatter,
    layout,
    files,
    note,
  };
}

function findMovedFiles(
  root: string,
  { files, base }: BentoRecord,
  disks: ReadonlyMap<string, FileOnDisk>,
): ReadonlyMap<string, string> {
  const missing = files
    .filter(({ state }) => state !== "deleted")
    .filter(({ path }) => disks.get(path)?.kind === "none")
    .flatMap((file) => {
      const text = base.get(file.id);
      return text === undefined ? [] : [{ file, base: text }];
    });
  return findMoved(root, missing, new Set(files.map(({ path }) => path)));
}

/** The folder that the texts of the record were rendered for; the layer may lie elsewhere by now. */
function emittedPath({ json }: { readonly json: string }): string {
  const { answers } = JSON.parse(json.replace(/^\uFEFF/, "")) as {
    readonly answers?: unknown;
  };
  const parsed = parseAnswers(answers);
  return parsed.ok ? parsed.answers.path : layerFolder;
}

/** Asks the formatter only about files that are not as they were rendered. */
async function styleBases(
  root: string,
  formatter: Formatter | undefined,
  files: readonly ReadFile[],
  signal: AbortSignal | undefined,
): Promise<{
  readonly styled: ReadonlyMap<string, string>;
  readonly note: string | undefined;
}> {
  const open = files
    .filter((file) => compare(file, undefined) === "changed")
    .map(({ path, base = "", recorded }) => ({
      id: recorded.id,
      path,
      text: base,
    }));
  if (formatter === undefined || open.length === 0) {
    return { styled: new Map(), note: undefined };
  }
  const wanted: readonly Formattable[] = open;
  const { texts, note } = await formatFiles(root, formatter, wanted, signal);
  const styled = new Map(
    open.map(({ id, path, text }) => [id, texts.get(path) ?? text]),
  );
  return { styled, note };
}

function damagedRecord(
  root: string,
  layer: string,
  problems: readonly RecordProblem[],
): ToolError {
  return new ToolError({
    code: "damaged-record",
    message: [
      `The record of the layer cannot be used: ${join(root, layer, recordFile)}`,
      ...problems,
    ].join("\n"),
    remedy:
      "Restore the folder .bento from your version control; nothing was changed.",
  });
}
