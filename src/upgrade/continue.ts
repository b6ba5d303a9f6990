import { ToolError } from "../errors.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { applyChanges } from "../write/transaction.ts";
import { thisEdition } from "./edition.ts";
import { settleInIndex } from "./git-index.ts";
import { readLayerState, type LayerFile } from "./layer-state.ts";
import { recordChanges } from "./record-changes.ts";

/** The files whose conflicts are settled now. */
export interface Continued {
  readonly paths: readonly string[];
}

/**
 * Ends an upgrade that left markers: the files are the layer's again.
 *
 * @throws ToolError `markers-left`, exit code 3, naming every line
 */
export async function continueUpgrade(
  opened: OpenedLayer,
  signal: AbortSignal,
): Promise<Continued> {
  const { templates } = await thisEdition();
  const state = await readLayerState(opened, templates, signal);
  const open = state.files.filter(
    ({ recorded }) => recorded.state === "conflicted",
  );
  refuseMarkers(open);
  const paths = open.map(({ path }) => path);
  if (open.length === 0) return { paths };
  const files = state.record.files.map((file) => {
    const found = open.find(({ recorded }) => recorded.id === file.id);
    if (found === undefined) return file;
    const gone = found.disk.kind === "none";
    return {
      ...file,
      path: found.path,
      state: gone ? "deleted" : "managed",
    } as const;
  });
  const changes = await recordChanges(
    state,
    { ...state.record, files },
    signal,
  );
  await applyChanges(state.root, changes, { signal });
  settleInIndex(state.root, paths);
  return { paths };
}

function refuseMarkers(files: readonly LayerFile[]): void {
  const left = files.flatMap(({ path, disk }) =>
    disk.kind === "text"
      ? markerLines(disk.text).map((line) => `  ${path}:${line}`)
      : [],
  );
  if (left.length === 0) return;
  throw new ToolError({
    code: "markers-left",
    exitCode: 3,
    message: ["Conflict markers are left:", ...left].join("\n"),
    remedy:
      "Keep what you want of each, delete the marker lines, and run create-bento-db upgrade --continue again; or take the upgrade back: create-bento-db undo",
  });
}

/** The numbers of the lines that begin, part or end a conflict. */
function markerLines(text: string): readonly number[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/.test(line) ? [index + 1] : [],
    );
}
