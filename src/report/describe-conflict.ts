import type { Conflict } from "../merge/merged.ts";
import type { FilePlan } from "../upgrade/plan-outcome.ts";

const mostLines = 8;

/** Where a conflict is, why, and what each side says. */
export function describeConflict(
  { path, note }: FilePlan,
  { name, reason, yours, theirs }: Conflict,
): string {
  const where = name === "" ? path : `${path}, ${name}`;
  const why = note === "" ? reason : `${reason} (${note})`;
  return [
    `${where}: ${why}`,
    "  yours:",
    ...quote(yours),
    "  this version's:",
    ...quote(theirs),
  ].join("\n");
}

function quote(text: string): string[] {
  if (text.trim() === "") return ["    (nothing)"];
  const lines = text.replace(/\n$/, "").split("\n");
  const shown = lines
    .slice(0, mostLines)
    .map((line) => `    ${line.trimEnd()}`);
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `    … ${more} more lines`] : shown;
}
