import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { isCancel, log, select } from "@clack/prompts";
import { cancelled } from "../errors.ts";
import type { Conflict } from "../merge/merged.ts";
import { describeConflict } from "../report/describe-conflict.ts";
import type { Decide } from "./plan-conflicts.ts";
import type { Decided } from "./plan-decided.ts";
import { conflictsIn, type FilePlan } from "./plan-outcome.ts";

/**
 * Asks about each conflict in the terminal: mine, new, both, edit, or later, with markers in the file. What does not parse
 * in the end, or has a name twice, is asked about again.
 *
 * @param faultOf finds what is wrong; it brings the parser, which this file, loaded when needed, must not share
 * @throws ToolError `cancelled` on Ctrl-C and Escape
 */
export function askIn(
  { signal, env }: Surroundings,
  faultOf: FaultOf,
): (files: readonly FilePlan[]) => Promise<Decide> {
  return async (files) => {
    const decided = new Map<Conflict, string | undefined>();
    const all = conflictsIn(files).map(({ conflict }) => conflict);
    for (const file of files) {
      const own = conflictsIn([file]).map(({ conflict }) => conflict);
      let fault: string | undefined;
      do {
        for (const conflict of own) decided.delete(conflict);
        for (const conflict of own) {
          const number = `Conflict ${all.indexOf(conflict) + 1} of ${all.length}`;
          log.step(`${number}, ${describeConflict(file, conflict)}`);
          const text = await askOne({
            file,
            conflict,
            decided,
            faultOf,
            signal,
            env,
          });
          decided.set(conflict, text);
        }
        fault = faultOf(file, decided);
        if (fault !== undefined) {
          log.warn(`${file.path}: as decided, ${fault}. Once more, please.`);
        }
      } while (fault !== undefined);
    }
    return (_file, conflict) => decided.get(conflict);
  };
}

/** Of the command that asks. */
interface Surroundings {
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
}

type FaultOf = (file: FilePlan, decided: Decided) => string | undefined;

interface Question extends Surroundings {
  readonly file: FilePlan;
  readonly conflict: Conflict;
  /** What is decided in the same file already. */
  readonly decided: Decided;
  readonly faultOf: FaultOf;
}

async function askOne(question: Question): Promise<string | undefined> {
  const { file, conflict, decided, faultOf, env } = question;
  const both = conflict.yours + conflict.theirs;
  let draft = both;
  for (;;) {
    const choice = await choose(question);
    if (choice === "mine") return conflict.yours;
    if (choice === "new") return conflict.theirs;
    if (choice === "later") return undefined;
    const text =
      choice === "both" ? both : editText(draft, extname(file.path), env);
    if (text === undefined) return undefined;
    const fault = faultOf(file, new Map([...decided, [conflict, text]]));
    if (fault === undefined) return text;
    log.warn(`Like that, ${fault} in ${file.path}. Choose again.`);
    // What was typed is not lost.
    draft = text;
  }
}

async function choose({
  file,
  signal,
  env,
}: Question): Promise<"mine" | "new" | "both" | "edit" | "later"> {
  const taken = file.conflict?.taken === true;
  const edit = { value: "edit", label: "Edit", hint: editorOf(env) } as const;
  const choice = await select({
    message: "What shall it be?",
    options: [
      { value: "mine", label: "Mine" },
      { value: "new", label: "New", hint: "this version's" },
      ...(taken
        ? []
        : [{ value: "both", label: "Both, yours first" } as const, edit]),
      {
        value: "later",
        label: "Decide later",
        hint: "with markers in the file",
      },
    ],
    signal,
  });
  if (isCancel(choice)) throw cancelled();
  return choice;
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
    // On Windows the editor may hold it a moment longer.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
