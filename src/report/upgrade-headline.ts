import { isOpen } from "../upgrade.ts";
import { conflictsIn } from "../upgrade/plan-outcome.ts";
import type { UpgradeOutcome } from "./upgrade-outcome.ts";

/** The one sentence that says what happened. */
export function upgradeHeadline(outcome: UpgradeOutcome): string {
  const { plan, from, written } = outcome;
  const { layer } = from;
  if (isOpen(plan)) {
    const count = conflictsIn(plan.files).length;
    const what = count === 1 ? "1 conflict" : `${count} conflicts`;
    return `${what} in ${layer}, and nobody was asked. Nothing was changed.`;
  }
  if (plan.changes.length === 0) {
    return `${layer} is up to date with version ${plan.version}. Nothing was changed.`;
  }
  const what = describe(outcome);
  return written ? `${done(what)}.` : `Would ${what}. Nothing was written.`;
}

function describe({ invocation, plan, from }: UpgradeOutcome): string {
  const { command, words, flags } = invocation;
  const list = [...words, ...listOf(flags.restore)].join(", ");
  if (command === "add") return `add ${list} to ${from.layer}`;
  if (command === "remove") return `remove ${list} from ${from.layer}`;
  return plan.version === from.version
    ? `regenerate ${from.layer} with version ${plan.version}`
    : `upgrade ${from.layer} from ${from.version} to ${plan.version}`;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function done(what: string): string {
  const [verb = "", ...rest] = what.split(" ");
  const past = verb.endsWith("e") ? `${verb}d` : `${verb}ed`;
  return [past.charAt(0).toUpperCase() + past.slice(1), ...rest].join(" ");
}
