import { ToolError } from "../errors.ts";
import { matchesGlob } from "../plan/glob.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { thisEdition } from "../upgrade/edition.ts";
import { readLayerState } from "../upgrade/layer-state.ts";
import { knownTo, refuseVersion } from "../upgrade/refuse.ts";

/** Whether a path, or what is left of it inside the layer, matches one of the patterns of `--only`. */
export function matchesOnly(
  path: string,
  globs: readonly string[],
  opened: OpenedLayer,
): boolean {
  return globs.some((glob) =>
    [path, insideLayer(path, opened)].some((name) =>
      matchesGlob(name, glob.replace(/^\.\//, "")),
    ),
  );
}

/**
 * A mistyped pattern must not look like a layer that is up to date.
 *
 * @throws ToolError `wrong-use`
 */
export async function refuseUnmatched(
  globs: readonly string[],
  opened: OpenedLayer,
  allowDowngrade: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (globs.length === 0) return;
  const edition = await thisEdition();
  refuseVersion(opened, edition.version, allowDowngrade);
  const known = knownTo(opened, edition, allowDowngrade);
  const { files } = await readLayerState(opened, known, signal);
  const paths = [...files, ...edition.render(opened.answers)].map(
    ({ path }) => path,
  );
  const unmatched = globs.find(
    (glob) => !paths.some((path) => matchesOnly(path, [glob], opened)),
  );
  if (unmatched === undefined) return;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `--only ${JSON.stringify(unmatched)} matches no file of the layer.`,
    remedy: `Patterns count from ${opened.layer} or from the project, such as 'pool/**'. See the files: create-bento-db upgrade --dry-run --verbose`,
  });
}

/** The path as the layer itself would say it. */
export function insideLayer(path: string, { layer }: OpenedLayer): string {
  return path.startsWith(`${layer}/`) ? path.slice(layer.length + 1) : path;
}
