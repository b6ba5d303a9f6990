import { knownEditions } from "../adopt/known-edition.ts";
import { repairBase } from "../adopt/repair-base.ts";
import { ToolError } from "../errors.ts";
import { baseFile } from "../record.ts";
import { readBase } from "../record/base-lines.ts";
import type { Templates } from "../render.ts";
import { git } from "./git.ts";
import type { LayerState } from "./layer-state.ts";
import { conflictsIn, type FilePlan } from "./plan-outcome.ts";

/**
 * Before the user is asked about every line that differs: a lost pristine text that can be had again comes first.
 *
 * @throws ToolError `damaged-base`
 */
export function refuseDamaged(
  state: LayerState,
  planned: readonly FilePlan[],
  templates: Templates,
): void {
  const asked = new Set(conflictsIn(planned).map(({ file }) => file.id));
  const lost = state.files.filter(
    ({ recorded, standing }) =>
      standing === "unknown" && asked.has(recorded.id),
  );
  if (lost.length === 0) return;
  const ways = waysBack(state, templates);
  if (ways.length === 0) return;
  throw new ToolError({
    code: "damaged-base",
    message: [
      `You changed these files, and their pristine texts in ${state.layer}/${baseFile} are damaged, so that nobody can tell your changes from ours:`,
      ...lost.map(({ path }) => `  ${path}`),
      "Nothing was changed.",
    ].join("\n"),
    remedy: [
      ways.length === 1
        ? "Bring them back, then run the command again:"
        : "Bring them back by one of these, then run the command again:",
      ...ways.map((way) => `  ${way}`),
      "Or decide without them, for one side: --conflicts mine or new.",
    ].join("\n"),
  });
}

/** Commands that make the record whole; each was tried. */
function waysBack(state: LayerState, templates: Templates): string[] {
  const path = `${state.layer}/${baseFile}`;
  const commit = commitWith(state, path);
  const repair = repairBase(state.record, knownEditions(templates));
  return [
    ...(commit === undefined
      ? []
      : [`git checkout ${commit} -- ${path}    # as it was committed`]),
    ...(repair.lost.length > 0
      ? []
      : [
          "create-bento-db adopt    # renders them anew, checked by their hash",
        ]),
  ];
}

const mostCommits = 50;

/** The latest commit whose file has all the texts that the record names. */
function commitWith(
  { root, record }: LayerState,
  path: string,
): string | undefined {
  const log = ["log", `--max-count=${mostCommits}`, "--format=%h", "--", path];
  const commits = git(root, log)?.split("\n").filter(Boolean) ?? [];
  return commits.find((commit) => {
    const text = git(root, ["show", `${commit}:./${path}`]);
    if (text === undefined) return false;
    return readBase(text, record.files).damaged.length === 0;
  });
}
