import { joinSections } from "./join-sections.ts";
import type { Adoption } from "../adopt.ts";
import type { Repair } from "../adopt/repair-base.ts";
import type { Answers } from "../answers.ts";
import type { Style } from "../terminal.ts";

/** What adopting found, and what it took for granted. */
export function describeAdoption(
  { layer, record, placed, same, asGood }: Adoption,
  kept: readonly string[],
  dryRun: boolean,
  style: Style,
): string {
  const { version, answers, files } = record;
  const { missing, moved, foreign } = placed;
  const there = files.length - missing.length - foreign.length;
  return joinSections([
    style.bold(
      dryRun
        ? `Would adopt the layer in ${layer}. Nothing was written.`
        : `Adopted the layer in ${layer}: its record is in ${layer}/.bento.`,
    ),
    [
      `It is most like version ${version}, with these answers:`,
      ...describeAnswers(answers),
    ].join("\n"),
    list(
      "These versions fit as well; what is there does not tell them apart:",
      asGood,
    ),
    same === there
      ? `All ${there} files have the words that were emitted.`
      : `${same} of ${there} files have the words that were emitted; what differs in the others counts as your change.`,
    list("Not there, so counted as deleted by you:", missing),
    list(
      "No edits of what was emitted, so yours alone, and no upgrade touches them:",
      foreign,
    ),
    list(
      "Found at another place:",
      moved.map(({ from, to }) => `${from} → ${to}`),
    ),
    describeKept(kept),
    [
      "Look at what counts as yours, and commit the record:",
      "  create-bento-db diff",
      `  git add ${layer}/.bento`,
    ].join("\n"),
  ]);
}

/** What became of a record with lost texts. */
export function describeRepair(
  { repaired, lost }: Repair,
  kept: readonly string[],
  dryRun: boolean,
  style: Style,
): string {
  const verb = dryRun ? "Would repair" : "Repaired";
  return joinSections([
    style.bold(
      repaired.length === 0
        ? "No lost text could be found again."
        : `${verb} the record: ${repaired.length} lost texts were found again.`,
    ),
    list(
      "Still without a pristine text, so an upgrade compares both sides only:",
      lost,
    ),
    lost.length === 0
      ? ""
      : "Your version control may have them, in the folder .bento of the layer.",
    describeKept(kept),
  ]);
}

function describeKept(kept: readonly string[]): string {
  return list(
    "The damaged record is kept; delete it when you do not need it:",
    kept,
  );
}

function describeAnswers(answers: Answers): string[] {
  const lines = [
    ["databases", answers.databases.join(", ")],
    ["parts", answers.parts.join(", ") || "none"],
    ["example", answers.example],
    ["test runner", answers.testRunner],
    [
      "modules",
      `${answers.module}, imports end in "${answers.importExtension}"`,
    ],
    ["package manager", answers.packageManager],
    ...(answers.databases.includes("sqlite")
      ? [["SQLite driver", answers.sqliteDriver]]
      : []),
  ];
  return lines.map(
    ([name = "", value = ""]) => `  ${name.padEnd(15)}  ${value}`,
  );
}

function list(heading: string, items: readonly string[]): string {
  return items.length === 0
    ? ""
    : [heading, ...items.map((item) => `  ${item}`)].join("\n");
}
