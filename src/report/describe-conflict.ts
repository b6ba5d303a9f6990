import type { Conflict } from "../merge/merged.ts";
import type { FilePlan, MovedPiece } from "../upgrade/plan-outcome.ts";

const mostLines = 8;

/** Where a conflict is, why, and what each side says. */
export function describeConflict(
  { path, note, pieces = [] }: FilePlan,
  conflict: Conflict,
): string {
  const { name, reason, yours, theirs } = conflict;
  const where = name === "" ? path : `${path}, ${name}`;
  const why = note === "" ? reason : `${reason} (${note})`;
  const moved = pieces.filter((piece) => isAbout(conflict, piece));
  return [
    `${where}: ${why}`,
    ...moved.map((piece) => `  ${describePiece(piece)}.`),
    "  yours:",
    ...quote(yours),
    "  this version's:",
    ...quote(theirs),
  ].join("\n");
}

/** Where a declaration is that the user took out of its file. */
export function describePiece({ name, path }: MovedPiece): string {
  return `\`${name}\` is now in ${path}`;
}

function isAbout({ name, base }: Conflict, piece: MovedPiece): boolean {
  return (
    name === piece.name ||
    name.startsWith(`${piece.name}.`) ||
    base.split(/[^\p{ID_Continue}$]+/u).includes(piece.name)
  );
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
