import { relative, resolve } from "node:path";
import { nearest } from "../answers/nearest.ts";
import { ToolError } from "../errors.ts";
import { openLayer } from "../project/open-layer.ts";
import { createRecord } from "../record.ts";
import { upstreamDiff, yourDiff } from "../status/file-diff.ts";
import { thisEdition, type Edition } from "../upgrade/edition.ts";
import { readLayerState, type LayerState } from "../upgrade/layer-state.ts";
import { knownTo, refuseVersion } from "../upgrade/refuse.ts";
import { isOn, type CommandContext, type CommandResult } from "./context.ts";

/** One file and the lines that differ. */
interface FileDiff {
  readonly path: string;
  readonly diff: string;
}

/** Shows the user's changes line by line, or what is new in this version; writes nothing. */
export async function runDiff(context: CommandContext): Promise<CommandResult> {
  const edition = await thisEdition();
  const opened = openLayer(context.cwd);
  const upstream = isOn(context, "upstream");
  if (upstream) refuseVersion(opened, edition.version, false);
  const known = knownTo(opened, edition, true);
  const state = await readLayerState(opened, known, context.signal);
  const all = upstream
    ? whatIsNew(state, edition)
    : state.files.map((file) => ({ path: file.path, diff: yourDiff(file) }));
  const [word] = context.invocation.words;
  const wanted = word === undefined ? all : choose(all, word, context, state);
  const files = wanted.filter(({ diff }) => diff !== "");
  return {
    exitCode: 0,
    json: { command: "diff", root: state.root, upstream, files },
    text: files.map(({ diff }) => diff).join(""),
    verbatim: true,
  };
}

function whatIsNew(
  { record, files }: LayerState,
  { version, render }: Edition,
): readonly FileDiff[] {
  const { answers, base } = record;
  const next = createRecord(version, answers, render(answers));
  const places = new Map(
    files.map(({ recorded, path }) => [recorded.id, path]),
  );
  const known = new Set([...record.files, ...next.files].map(({ id }) => id));
  return [...known].sort().map((id) => {
    const emitted = next.files.find((file) => file.id === id);
    const path = places.get(id) ?? emitted?.path ?? id;
    return { path, diff: upstreamDiff(path, base.get(id), next.base.get(id)) };
  });
}

/**
 * The files at a path, or below it when it is a folder; counted from where the user stands, or from the project.
 *
 * @throws ToolError `unknown-file`
 */
function choose(
  files: readonly FileDiff[],
  word: string,
  { cwd }: CommandContext,
  { root }: LayerState,
): readonly FileDiff[] {
  for (const from of [cwd, root]) {
    const place = relative(root, resolve(from, word)).replaceAll("\\", "/");
    const found = files.filter(
      ({ path }) =>
        path === place || `${path}/`.startsWith(`${place}/`) || place === "",
    );
    if (found.length > 0) return found;
  }
  const close = nearest(
    word,
    files.map(({ path }) => path),
  );
  throw new ToolError({
    code: "unknown-file",
    exitCode: 2,
    message: `Expected a file or folder of the layer, got ${JSON.stringify(word)}.${close === undefined ? "" : ` Did you mean ${close}?`}`,
    remedy: "create-bento-db status lists them.",
  });
}
