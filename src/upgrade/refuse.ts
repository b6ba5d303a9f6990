import { join } from "node:path";
import { ToolError } from "../errors.ts";
import { layerFolder } from "../plan/landing.ts";
import { readText } from "../project/manifest.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { recordFile } from "../record.ts";
import type { Templates } from "../render.ts";
import type { Edition } from "./edition.ts";
import type { LayerState } from "./layer-state.ts";
import { hasMarkers } from "../merge/markers.ts";
import { newerRecord } from "../project/newer-record.ts";
import { compareVersions } from "./plan-versions.ts";

/**
 * An older tool does not know what a newer one has emitted.
 *
 * @throws ToolError `newer-record`
 */
export function refuseVersion(
  { version, layer }: OpenedLayer,
  tool: string,
  allowDowngrade: boolean,
): void {
  if (allowDowngrade || compareVersions(version, tool) <= 0) return;
  throw newerRecord(
    layer,
    version,
    tool,
    ". To go back on purpose: create-bento-db upgrade --allow-downgrade",
  );
}

/** On the way back, the record names files that only the newer tool has; they stay below the layer and the example. */
export function knownTo(
  { root, layer, version }: OpenedLayer,
  edition: Edition,
  allowDowngrade: boolean,
): Templates {
  const { templates } = edition;
  if (!allowDowngrade || compareVersions(version, edition.version) <= 0) {
    return templates;
  }
  const text = readText(join(root, layer, recordFile)) ?? "";
  const { files = {} } = JSON.parse(text.replace(/^\uFEFF/, "")) as {
    readonly files?: Readonly<Record<string, unknown>>;
  };
  const newer = Object.keys(files).filter((id) =>
    [`${layerFolder}/`, "src/"].some((folder) => id.startsWith(folder)),
  );
  return new Map([...newer.map((id) => [id, []] as const), ...templates]);
}

/**
 * What the last upgrade left open comes first.
 *
 * @throws ToolError `conflicts-left` or `markers-left`, exit code 3
 */
export function refuseUnready({ files }: LayerState): void {
  const open = files.filter(({ recorded }) => recorded.state === "conflicted");
  if (open.length > 0) {
    throw new ToolError({
      code: "conflicts-left",
      exitCode: 3,
      message: [
        "Conflicts of the last upgrade are not resolved yet:",
        ...open.map(({ path }) => `  ${path}`),
      ].join("\n"),
      remedy:
        "Resolve them and run create-bento-db upgrade --continue, or take that upgrade back: create-bento-db undo",
    });
  }
  const marked = files.filter(
    ({ disk }) => disk.kind === "text" && hasMarkers(disk.text),
  );
  if (marked.length === 0) return;
  throw new ToolError({
    code: "markers-left",
    exitCode: 3,
    message: [
      "These files have the conflict markers of another merge:",
      ...marked.map(({ path }) => `  ${path}`),
    ].join("\n"),
    remedy: "Resolve them and run the command again. Nothing was changed.",
  });
}
