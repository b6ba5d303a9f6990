import type { Check } from "../doctor/check.ts";
import { checksOf } from "../doctor/database-checks.ts";
import { checkDrivers } from "../doctor/driver-check.ts";
import { checkNode } from "../doctor/node-check.ts";
import { probeLayer } from "../doctor/probe.ts";
import { checkRecord } from "../doctor/record-check.ts";
import { createProgress } from "../progress.ts";
import { openLayer } from "../project/open-layer.ts";
import { styleFor, type Style } from "../terminal.ts";
import { isOn, type CommandContext, type CommandResult } from "./context.ts";

/** Checks everything that the layer needs to work; exit code 1 when something is wrong. */
export async function runDoctor(
  context: CommandContext,
): Promise<CommandResult> {
  const { signal, terminal } = context;
  const opened = openLayer(context.cwd);
  const { root, layer, answers } = opened;
  const progress = createProgress(terminal);
  const quiet = isOn(context, "json") || !terminal.animated;
  if (!quiet) progress.start("Checking");
  try {
    const checks = [
      checkNode(answers, process.version),
      await checkRecord(opened),
      ...(await checkDrivers(root, answers, signal)),
      ...checksOf(await probeLayer(root, layer, signal), answers),
    ];
    if (!quiet) progress.stop();
    const failed = checks.some(({ status }) => status === "failed");
    return {
      exitCode: failed ? 1 : 0,
      json: { command: "doctor", root, ok: !failed, checks },
      text: draw(checks, styleFor(terminal.colors)),
    };
  } catch (error) {
    if (!quiet) progress.stop();
    throw error;
  }
}

function draw(checks: readonly Check[], style: Style): string {
  const signs: Readonly<Record<Check["status"], string>> = {
    ok: style.green("✓"),
    warning: style.yellow("!"),
    failed: style.red("✗"),
    skipped: style.dim("-"),
  };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, detail, remedy }) => {
    const [first = "", ...more] = detail.split("\n");
    const indent = " ".repeat(width + 4);
    return [
      `${signs[status]} ${name.padEnd(width)}  ${first}`,
      ...more.map((line) => indent + line),
      ...(remedy === undefined ? [] : [`${indent}${remedy}`]),
    ];
  });
  return `${lines.join("\n")}\n`;
}
