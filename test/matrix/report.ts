import * as prettier from "prettier";
import { commandOf, type Row } from "./rows.ts";
import type { Outcome } from "./run-row.ts";
import { windowsSection } from "./windows.ts";

/** A short name such as `node22 npm@12 ts7 esm new sqlite3`. */
export function nameOf(row: Row): string {
  const { node, manager, typescript, module, existing, driver, strips } = row;
  return [
    `node${node}`,
    manager,
    `ts${typescript}`,
    module,
    existing ?? "new",
    driver ?? "sqlite3",
    ...(strips === true ? ["strips"] : []),
  ].join(" ");
}

/** The page of docs/ that lists the rows with the versions that they ran with. */
export function compatibilityPage(
  outcomes: readonly Outcome[],
): Promise<string> {
  const text = `# Compatibility

This page is written by \`npm run test:matrix\`. Each row takes the packed package into a project: create, install with the
row's package manager, type-check, migrate, run the emitted tests on SQLite, and make sure that the driver's native module is
the one in use.

| Node.js | Package manager | TypeScript | Modules | Project | SQLite driver | Runs by | Result |
| --- | --- | --- | --- | --- | --- | --- | --- |
${outcomes.map(line).join("\n")}
${notRun(outcomes)}
${windowsSection}`;
  return prettier.format(text, { parser: "markdown" });
}

function line({ row, result, node, manager, typescript, sqlite }: Outcome) {
  const { driver = "sqlite3" } = row;
  const cells = [
    node || String(row.node),
    manager === "" ? row.manager : `${commandOf(row)} ${manager}`,
    typescript || row.typescript,
    row.module === "esm" ? "ESM" : "CommonJS",
    row.existing === undefined ? "new" : `existing, \`${row.existing}\``,
    sqlite === "" ? driver : `${driver} (SQLite ${sqlite})`,
    row.strips === true ? "Node's type stripping" : "tsx",
    result,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Why rows were left out, in the words of the registry's client. */
function notRun(outcomes: readonly Outcome[]): string {
  const missing = outcomes.filter(({ result }) => result === "not run");
  if (missing.length === 0) return "";
  const reasons = missing.map(
    ({ row, detail }) => `- ${nameOf(row)}: ${detail.split("\n").at(-1) ?? ""}`,
  );
  return `\nNot run, because a program could not be had:\n\n${reasons.join("\n")}\n`;
}
