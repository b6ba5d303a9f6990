import type { Invocation } from "../commands/command.ts";
import { quote } from "../platform/quote.ts";
import { isOpen } from "../upgrade.ts";
import { testScriptOf } from "../upgrade/verify.ts";
import type { UpgradeOutcome } from "./upgrade-outcome.ts";

/** The commands to go on with, ready to be copied. */
export function nextCommands(outcome: UpgradeOutcome): readonly string[] {
  const { plan, written, invocation } = outcome;
  if (isOpen(plan)) {
    const again = commandLine(invocation, ["conflicts"]);
    return [
      `${again}    # in a terminal it asks about each`,
      `${again} --conflicts markers    # writes them into the files`,
      `${again} --conflicts mine    # keeps yours in each; new takes this version's`,
    ];
  }
  if (plan.changes.length === 0) return [];
  return written ? afterwards(outcome) : [commandLine(invocation, [])];
}

function afterwards(outcome: UpgradeOutcome): readonly string[] {
  const { plan, installation, verification } = outcome;
  const manager = plan.answers.packageManager;
  const marked = plan.files.filter(({ conflict }) => conflict !== undefined);
  const script = testScriptOf(plan.state.root);
  const uninstalled = plan.packages.length > 0 && installation?.ok !== true;
  const untested = script !== undefined && verification?.ok !== true;
  return [
    ...marked.map(
      ({ path }) => `git mergetool ${quote(path)}    # or any editor`,
    ),
    ...(marked.length > 0 ? ["create-bento-db upgrade --continue"] : []),
    ...(uninstalled ? [`${manager} install`] : []),
    ...(untested ? [`${manager} run ${script}`] : []),
    "create-bento-db undo    # takes all of this back",
  ];
}

const showing = ["dry-run", "diff", "check", "json", "verbose"];

/** The command line again, without what only shows and without the flags left out. */
function commandLine(
  { command, words, flags }: Invocation,
  without: readonly string[],
): string {
  const given = Object.entries(flags)
    .filter(([name]) => ![...showing, ...without].includes(name))
    .flatMap(([name, value]) => {
      if (value === true) return [`--${name}`];
      if (value === false) return name === "install" ? ["--no-install"] : [];
      return [`--${name}`, quote(String(value))];
    });
  return [
    "create-bento-db",
    command,
    ...words.map((word) => quote(word)),
    ...given,
  ].join(" ");
}
