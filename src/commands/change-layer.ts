import type { Answers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { createProgress, silentProgress } from "../progress.ts";
import type { Installation } from "../install.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import { drawPlan } from "../report/upgrade-plan.ts";
import { reportUpgrade } from "../report/upgrade-report.ts";
import {
  applyUpgrade,
  checkUpgrade,
  isOpen,
  planLayerUpgrade,
  type UpgradePlan,
  type UpgradeRequest,
} from "../upgrade.ts";
import { thisEdition } from "../upgrade/edition.ts";
import { markInIndex } from "../upgrade/git-index.ts";
import { conflictModes, type ConflictMode } from "../upgrade/plan-conflicts.ts";
import { faultOf } from "../upgrade/plan-decided.ts";
import { verifyLayer, type Verification } from "../upgrade/verify.ts";
import {
  isDryRun,
  isOn,
  type CommandContext,
  type CommandResult,
} from "./context.ts";

/** What `upgrade`, `add` and `remove` want of the layer. */
export interface LayerChange {
  readonly answers: Answers;
  readonly restore: ReadonlySet<string>;
  readonly concerns: (path: string) => boolean;
  /** Whether files are left out. */
  readonly partial?: boolean;
}

/** Plans, asks, writes, installs, verifies and reports. */
export async function changeLayer(
  context: CommandContext,
  opened: OpenedLayer,
  { answers, restore, concerns, partial = false }: LayerChange,
): Promise<CommandResult> {
  const { terminal, signal } = context;
  const check = isOn(context, "check");
  const dryRun = check || isDryRun(context);
  const mayAsk = terminal.interactive && !isOn(context, "json") && !dryRun;
  const plan = await planLayerUpgrade({
    opened,
    edition: await thisEdition(),
    answers,
    restore,
    concerns,
    partial,
    conflicts: readConflictMode(context.invocation.flags.conflicts),
    ask: mayAsk ? await askAboutPlan(context, opened) : undefined,
    allowDowngrade: isOn(context, "allow-downgrade"),
    signal,
    // A line that cannot be drawn again says nothing that the report does not.
    progress: terminal.animated ? createProgress(terminal) : silentProgress,
  });
  const write = !dryRun && !isOpen(plan);
  if (write) await applyUpgrade(plan, signal);
  else checkUpgrade(plan);
  if (write) markInIndex(plan);
  const installation = write ? await install(context, plan) : undefined;
  const verification =
    write && isOn(context, "verify") && installation?.ok !== false
      ? await verify(context, plan)
      : undefined;
  return reportUpgrade({
    invocation: context.invocation,
    from: opened,
    plan,
    written: write,
    check,
    diff: isOn(context, "diff"),
    verbose: isOn(context, "verbose"),
    colors: terminal.colors,
    columns: terminal.columns,
    installation,
    verification,
  });
}

/** The plan is shown before the first question. */
async function askAboutPlan(
  context: CommandContext,
  opened: OpenedLayer,
): Promise<NonNullable<UpgradeRequest["ask"]>> {
  const { terminal } = context;
  const { askIn } = await import("../upgrade/ask-conflicts.ts");
  const ask = askIn(context, faultOf);
  return async (files) => {
    terminal.print(await drawPlan(opened, files, terminal));
    return ask(files);
  };
}

/**
 * What becomes of conflicts.
 *
 * @throws ToolError `wrong-use`
 */
export function readConflictMode(value: unknown): ConflictMode {
  const mode = conflictModes.find((name) => name === (value ?? "ask"));
  if (mode !== undefined) return mode;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `--conflicts expects one of ${conflictModes.join(", ")}, got ${JSON.stringify(value)}.`,
  });
}

/** Only where package.json asks for packages that it did not ask for before. */
async function install(
  context: CommandContext,
  { state, packages, answers }: UpgradePlan,
): Promise<Installation | undefined> {
  if (packages.length === 0 || context.invocation.flags.install === false) {
    return undefined;
  }
  const { installPackages } = await import("../install.ts");
  const progress = createProgress(context.terminal);
  return installPackages(
    state.root,
    answers.packageManager,
    progress,
    context.signal,
  );
}

async function verify(
  context: CommandContext,
  { state, answers }: UpgradePlan,
): Promise<Verification> {
  const progress = createProgress(context.terminal);
  return verifyLayer(
    state.root,
    answers.packageManager,
    progress,
    context.signal,
  );
}
