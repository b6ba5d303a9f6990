import { ToolError } from "../errors.ts";
import { isVersion } from "../record/version-text.ts";
import { compareVersions } from "../upgrade/plan-versions.ts";
import { toolVersion } from "../version.ts";

/** A layer that an older tool does not understand. */
export function newerRecord(
  layer: string,
  version: string,
  tool: string,
  otherwise = "",
): ToolError {
  return new ToolError({
    code: "newer-record",
    message: `The layer in ${layer} was written by version ${version}, and this is ${tool}, which may not know all of it. Nothing was changed.`,
    remedy: `Run that version or a newer one: npx create-bento-db@${version}${otherwise}`,
  });
}

/**
 * Whatever is not understood in the record of a newer version is no damage.
 *
 * @throws ToolError `newer-record`
 */
export function refuseNewer(json: string, layer: string): void {
  const version = versionIn(json);
  if (version === undefined || compareVersions(version, toolVersion) <= 0) {
    return;
  }
  throw newerRecord(layer, version, toolVersion);
}

function versionIn(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ""));
    const { version } = Object(value) as { readonly version?: unknown };
    return typeof version === "string" && isVersion(version)
      ? version
      : undefined;
  } catch {
    return undefined;
  }
}
