import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { isCancel, log, select } from "@clack/prompts";
import { cancelled, type CommandContext } from "../commands/context.ts";
import type { Conflict } from "../merge/merged.ts";
import { describeConflict } from "../report/describe-conflict.ts";
import type { Decide } from "./plan-conflicts.ts";
import { conflictsIn, type FilePlan } from "./plan-outcome.ts";

/**
 * Asks about each conflict in the terminal: mine, new, both, edit, or later, with markers in the file.
 *
 * @throws ToolError `cancelled` on Ctrl-C and Escape
 */
export function askIn({
  signal,
  env,
}: CommandContext): (files: readonly FilePlan[]) => Promise<Decide> {
  return async (files) => {
    const decided = new Map<Conflict, string | undefined>();
    const all = conflictsIn(files);
    for (const [index, { file, conflict }] of all.entries()) {
      log.step(
        `Conflict ${index + 1} of ${all.length}, ${describeConflict(file, conflict)}`,
      );
      decided.set(conflict, await askOne(file, conflict, signal, env));
    }
    return (_file, conflict) => decided.get(conflict);
  };
}

async function askOne(
  file: FilePlan,
  conflict: Conflict,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const taken = file.conflict?.taken === true;
  const both = { value: "both", label: "Both, yours first" };
  const edit = { value: "edit", label: "Edit", hint: editorOf(env) };
  const choice = await select({
    message: "What shall it be?",
    options: [
      { value: "mine", label: "Mine" },
      { value: "new", label: "New", hint: "this version's" },
      ...(taken ? [] : [both, edit]),
      {
        value: "later",
        label: "Decide later",
        hint: "with markers in the file",
      },
    ],
    signal,
  });
  if (isCancel(choice)) throw cancelled();
  switch (choice) {
    case "mine":
      return conflict.yours;
    case "new":
      return conflict.theirs;
    case "both":
      return conflict.yours + conflict.theirs;
    case "edit":
      return editText(
        conflict.yours + conflict.theirs,
        extname(file.path),
        env,
      );
    default:
      return undefined;
  }
}

/** An empty variable is none: as a command it would run the file itself. */
function editorOf({ VISUAL, EDITOR }: NodeJS.ProcessEnv): string {
  const fallback = process.platform === "win32" ? "notepad" : "vi";
  const wanted = [VISUAL, EDITOR].find((editor) => editor?.trim());
  return wanted ?? fallback;
}

/** Opens both texts in the user's editor; what is saved is the answer, and a failed editor leaves the question open. */
function editText(
  text: string,
  ending: string,
  env: NodeJS.ProcessEnv,
): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "create-bento-db-"));
  try {
    const file = join(folder, `conflict${ending}`);
    writeFileSync(file, text);
    // As git does it: the variable may have flags, such as `code --wait`.
    const { status } = spawnSync(`${editorOf(env)} "${file}"`, {
      shell: true,
      stdio: "inherit",
      env,
    });
    return status === 0 ? readFileSync(file, "utf8") : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
