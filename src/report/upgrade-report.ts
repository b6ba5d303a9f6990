import type { CommandResult } from "../commands/context.ts";
import type { ExitCode } from "../errors.ts";
import type { Installation } from "../install.ts";
import { styleFor, type Style } from "../terminal.ts";
import { isOpen } from "../upgrade.ts";
import { conflictsIn } from "../upgrade/plan-outcome.ts";
import type { UpgradeOutcome } from "./upgrade-outcome.ts";
import { describeConflict } from "./describe-conflict.ts";
import { drawUpgradeDiff } from "./upgrade-diff.ts";
import { upgradeHeadline } from "./upgrade-headline.ts";
import { nextCommands } from "./upgrade-next.ts";
import { upgradeJson } from "./upgrade-json.ts";
import { joinSections } from "./join-sections.ts";
import { drawList, drawNotes, notesFor } from "./upgrade-plan.ts";
import { drawRows } from "./upgrade-rows.ts";

/** The result, as text and as a document. */
export async function reportUpgrade(
  outcome: UpgradeOutcome,
): Promise<CommandResult> {
  const { plan } = outcome;
  const from = plan.state.record.version;
  const notes = await notesFor(plan.files, from, plan.version);
  const next = nextCommands(outcome);
  return {
    exitCode: exitCodeOf(outcome),
    json: upgradeJson(outcome, notes, next),
    text: outcome.diff
      ? drawUpgradeDiff(outcome.plan)
      : draw(outcome, notes, next),
    verbatim: outcome.diff,
  };
}

function exitCodeOf(outcome: UpgradeOutcome): ExitCode {
  const { plan, check, written, installation, verification } = outcome;
  if (check) return plan.changes.length > 0 ? 1 : 0;
  const marked = plan.files.some(({ conflict }) => conflict !== undefined);
  if (isOpen(plan) || (written && marked)) return 3;
  const failed = installation?.ok === false || verification?.ok === false;
  return failed ? 1 : 0;
}

function draw(
  outcome: UpgradeOutcome,
  releaseNotes: readonly string[],
  next: readonly string[],
): string {
  const { plan, verbose, columns } = outcome;
  const { layer } = outcome.from;
  const style = styleFor(outcome.colors);
  const nothing = plan.changes.length === 0;
  const sections = [
    style.bold(upgradeHeadline(outcome)),
    nothing && !verbose
      ? notedOnly(outcome, style)
      : drawRows(plan.files, { layer, verbose, style, columns }),
    ...conflictsIn(plan.files).map(({ file, conflict }) =>
      describeConflict(file, conflict),
    ),
    drawNotes(releaseNotes, style),
    plan.notes.map((note) => `${style.yellow("!")} ${note}`).join("\n"),
    drawList(
      "Your own code does not type-check with this version:",
      shorten(plan.types.news),
      style,
    ),
    drawList(
      "As decided, this does not type-check:",
      shorten(plan.types.left),
      style,
    ),
    run(outcome.installation, style),
    run(outcome.verification, style),
    nothing ? "" : unverified(outcome),
    drawList("Next:", next, style),
  ];
  return joinSections(sections);
}

function notedOnly(outcome: UpgradeOutcome, style: Style): string {
  const { plan, from, columns } = outcome;
  const noted = plan.files.filter(({ note }) => note !== "");
  return drawRows(noted, { layer: from.layer, verbose: false, style, columns });
}

/** The first ones say what is to be done, and the compiler says all. */
function shorten(lines: readonly string[]): readonly string[] {
  const most = 10;
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… ${lines.length - most} more`];
}

function run(result: Installation | undefined, style: Style): string {
  if (result === undefined) return "";
  if (result.ok) {
    return `${style.green("✓")} ${result.command} (${Math.round(result.seconds)} s)`;
  }
  const { command, problem, output } = result;
  const block = output === "" ? "" : `\n${output}`;
  return `${style.red("✗")} ${command} failed: ${problem}. The files are written.${block}`;
}

/** Nothing is unverified silently. */
function unverified({ plan, verification }: UpgradeOutcome): string {
  const { unchecked } = plan.types;
  const open = [
    ...(unchecked === undefined ? [] : [`types (${unchecked})`]),
    ...(verification === undefined ? ["the layer's tests"] : []),
  ];
  return open.length === 0 ? "" : `Not verified: ${open.join(", ")}.`;
}
