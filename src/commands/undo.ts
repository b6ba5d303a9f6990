import { readFileSync } from "node:fs";
import { join } from "node:path";
import { locateLayer } from "../project/open-layer.ts";
import { joinSections } from "../report/join-sections.ts";
import { unifiedDiff } from "../report/unified-diff.ts";
import { styleFor } from "../terminal.ts";
import { describeEdited, planUndo, undo, type UndoPlan } from "../undo.ts";
import { newPackages } from "../upgrade/plan-package.ts";
import type { Change } from "../write/change.ts";
import { checkPaths } from "../write/paths.ts";
import {
  isDryRun,
  isOn,
  type CommandContext,
  type CommandResult,
} from "./context.ts";

/** Puts back what the last upgrade, add or remove changed; exit code 3 when the user's later edits stand in the way. */
export async function runUndo(context: CommandContext): Promise<CommandResult> {
  const plan = planUndo(locateLayer(context.cwd));
  const dryRun = isDryRun(context);
  const diff = isOn(context, "diff") ? drawDiff(plan) : undefined;
  const install = changesPackages(plan);
  if (dryRun) checkPaths(plan.base, [...plan.changes.map(({ path }) => path)]);
  else await undo(plan, context.signal);
  return {
    exitCode: plan.edited.length > 0 ? 3 : 0,
    json: {
      command: "undo",
      root: plan.base,
      dryRun,
      files: plan.changes.map((change) => ({
        path: change.path,
        action: actionOf(change),
      })),
      kept: plan.edited.map(({ path, old }) => ({ path, before: old ?? null })),
    },
    text: diff ?? draw(plan, dryRun, install, context.terminal.colors),
    verbatim: diff !== undefined,
  };
}

/** Whether a package.json asks for other packages than before. */
function changesPackages({ base, changes }: UndoPlan): boolean {
  return changes.some((change) => {
    if (!/(?:^|\/)package\.json$/.test(change.path)) return false;
    if (change.kind === "delete" || change.expected === null) return true;
    const now = readFileSync(join(base, change.path), "utf8");
    const then = Buffer.from(change.content).toString("utf8");
    const differing = [...newPackages(now, then), ...newPackages(then, now)];
    return differing.length > 0;
  });
}

function actionOf({ kind, expected }: Change): string {
  if (kind === "delete") return "remove";
  return expected === null ? "bring back" : "restore";
}

function draw(
  { changes, edited }: UndoPlan,
  dryRun: boolean,
  install: boolean,
  colors: boolean,
): string {
  const style = styleFor(colors);
  const count = `${changes.length} file${changes.length === 1 ? "" : "s"}`;
  const sections = [
    style.bold(
      dryRun
        ? `Would take back the last change, ${count}. Nothing was written.`
        : `Took back the last change, ${count}.`,
    ),
    changes
      .map((change) => `  ${actionOf(change).padEnd(10)}  ${change.path}`)
      .sort()
      .join("\n"),
    ...(edited.length === 0
      ? []
      : [
          [
            `${style.yellow("!")} Left as they are, because they were changed since:`,
            ...edited.map(describeEdited),
          ].join("\n"),
        ]),
    ...(install
      ? ["package.json has its earlier packages: install again."]
      : []),
  ];
  return joinSections(sections);
}

function drawDiff({ base, changes }: UndoPlan): string {
  return changes
    .map((change) => {
      const now =
        change.expected === null
          ? null
          : readFileSync(join(base, change.path), "utf8");
      const then =
        change.kind === "delete"
          ? null
          : Buffer.from(change.content).toString("utf8");
      return unifiedDiff(change.path, now, then);
    })
    .join("");
}
