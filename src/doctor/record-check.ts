import { join } from "node:path";
import { readText } from "../project/manifest.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { baseFile, recordFile } from "../record.ts";
import { parseRecord } from "../record/parse-record.ts";
import { emittedIds } from "../plan.ts";
import { loadTemplates } from "../templates.ts";
import { compareVersions } from "../upgrade/plan-versions.ts";
import { toolVersion } from "../version.ts";
import { failed, ok, warning, type Check } from "./check.ts";

/** Whether the record is whole, so that an upgrade can build on it. */
export async function checkRecord(opened: OpenedLayer): Promise<Check> {
  const { root, layer, version } = opened;
  if (compareVersions(version, toolVersion) > 0) {
    return warning(
      "record",
      `version ${version}, in ${layer}: newer than this create-bento-db (${toolVersion}), which can neither check nor upgrade it`,
      `Run the newer one: npx create-bento-db@${version} doctor`,
    );
  }
  const folder = join(root, layer);
  const parsed = parseRecord(
    {
      json: readText(join(folder, recordFile)) ?? "",
      base: readText(join(folder, baseFile)) ?? "",
      folder: layer,
    },
    emittedIds([...(await loadTemplates()).keys()]),
  );
  const problems = parsed.ok ? parsed.damaged : parsed.problems;
  return problems.length === 0
    ? ok("record", `version ${version}, in ${layer}`)
    : failed(
        "record",
        problems.join(" "),
        "Restore the folder .bento of the layer from your version control, or let create-bento-db adopt find the lost texts.",
      );
}
