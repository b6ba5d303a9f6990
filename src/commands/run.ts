import { statSync } from "node:fs";
import { ToolError } from "../errors.ts";
import type { CommandContext, CommandResult } from "./context.ts";

/** Runs a command; only its own code is loaded. */
export async function runCommand(
  context: CommandContext,
): Promise<CommandResult> {
  checkFolder(context.cwd);
  const { command } = context.invocation;
  switch (command) {
    case "create":
      return (await import("./create.ts")).runCreate(context);
    case "new migration":
      return (await import("./new.ts")).runNewMigration(context);
    case "new model":
      return (await import("./new.ts")).runNewModel(context);
    case "doctor":
      return (await import("./doctor.ts")).runDoctor(context);
    case "completion":
      return (await import("./completion.ts")).runCompletion(context);
    case "upgrade":
      return (await import("./upgrade.ts")).runUpgrade(context);
    case "add":
      return (await import("./upgrade.ts")).runAdd(context);
    case "remove":
      return (await import("./upgrade.ts")).runRemove(context);
    case "status":
      return (await import("./status.ts")).runStatus(context);
    case "diff":
      return (await import("./diff.ts")).runDiff(context);
    case "adopt":
      return (await import("./adopt.ts")).runAdopt(context);
    case "undo":
      return (await import("./undo.ts")).runUndo(context);
  }
}

function checkFolder(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `--cwd expects a folder that is there, got ${cwd}.`,
    remedy: "Check its spelling.",
  });
}
