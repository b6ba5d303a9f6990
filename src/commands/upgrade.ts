import { ToolError } from "../errors.ts";
import { openLayer, type OpenedLayer } from "../project/open-layer.ts";
import type { RecordedFile } from "../record.ts";
import {
  answersAfterFlags,
  answersAfterWords,
  readAnswerWords,
} from "../upgrade/changed-answers.ts";
import { continueUpgrade } from "../upgrade/continue.ts";
import { thisEdition } from "../upgrade/edition.ts";
import { readLayerState } from "../upgrade/layer-state.ts";
import { changeLayer, readConflictMode } from "./change-layer.ts";
import { isOn, type CommandContext, type CommandResult } from "./context.ts";
import { insideLayer, matchesOnly, refuseUnmatched } from "./only.ts";

/** Regenerates with this version and merges; answers may change in the same run. */
export async function runUpgrade(
  context: CommandContext,
): Promise<CommandResult> {
  const { flags } = context.invocation;
  readConflictMode(flags.conflicts);
  const opened = openLayer(context.cwd);
  if (isOn(context, "continue")) return goOn(context, opened);
  const answers = answersAfterFlags(opened.answers, flags);
  const changed = JSON.stringify(answers) !== JSON.stringify(opened.answers);
  const only = globsOf(flags.only);
  if (only.length > 0 && changed) {
    throw wrongUse(
      "--only and changed answers do not go together: an answer counts for the whole layer.",
      "Leave one of them out.",
    );
  }
  const allowDowngrade = isOn(context, "allow-downgrade");
  await refuseUnmatched(only, opened, allowDowngrade, context.signal);
  return changeLayer(context, opened, {
    answers,
    restore: new Set(),
    concerns:
      only.length === 0 ? all : (path) => matchesOnly(path, only, opened),
    partial: only.length > 0,
  });
}

async function goOn(
  { signal }: CommandContext,
  opened: OpenedLayer,
): Promise<CommandResult> {
  const { paths } = await continueUpgrade(opened, signal);
  const text =
    paths.length === 0
      ? "No conflict is open. Nothing was changed."
      : ["Resolved:", ...paths.map((path) => `  ${path}`)].join("\n");
  const json = { command: "upgrade", continued: true, files: paths };
  return { exitCode: 0, json, text: `${text}\n` };
}

/** Adds parts, databases or an example, and brings back files. */
export async function runAdd(context: CommandContext): Promise<CommandResult> {
  const { invocation } = context;
  const words = readAnswerWords(invocation.words);
  const wanted = globsOf(invocation.flags.restore);
  if (words.length === 0 && wanted.length === 0) {
    throw wrongUse(
      "add expects a part, such as create-bento-db add migrations.",
      "To bring back a file that you deleted: create-bento-db add --restore <file>",
    );
  }
  const opened = openLayer(context.cwd);
  const restore = await filesToRestore(opened, wanted);
  const answers = answersAfterWords(opened.answers, "add", words);
  return changeLayer(context, opened, { answers, restore, concerns: all });
}

/** Takes parts, databases or the example away. */
export function runRemove(context: CommandContext): Promise<CommandResult> {
  const words = readAnswerWords(context.invocation.words);
  const opened = openLayer(context.cwd);
  const answers = answersAfterWords(opened.answers, "remove", words);
  return changeLayer(context, opened, {
    answers,
    restore: new Set(),
    concerns: all,
  });
}

const all = (): boolean => true;

/** The ids of deleted files by the names that the user gives them. */
async function filesToRestore(
  opened: OpenedLayer,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const { templates } = await thisEdition();
  const { files } = await readLayerState(opened, templates);
  const gone = files.filter(
    ({ recorded, standing }) =>
      standing === "missing" || recorded.state === "deleted",
  );
  const called = ({ id, path }: RecordedFile, name: string): boolean =>
    [id, path, insideLayer(path, opened)].includes(name.replace(/^\.\//, ""));
  return new Set(
    names.map((name) => {
      const found = gone.find(({ recorded }) => called(recorded, name));
      if (found !== undefined) return found.recorded.id;
      const list = gone.map(({ path }) => path).join(", ");
      throw wrongUse(
        `${JSON.stringify(name)} is no file of the layer that you deleted.`,
        list === ""
          ? "No file of the layer is deleted."
          : `These are deleted: ${list}`,
      );
    }),
  );
}

function globsOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.flatMap((item) => String(item).split(","))
    : [];
}

function wrongUse(message: string, remedy: string): ToolError {
  return new ToolError({ code: "wrong-use", exitCode: 2, message, remedy });
}
