import type { Conflict } from "./merged.ts";

export type Pieces = readonly (string | Conflict)[];

/**
 * Pieces whose conflicts start and end with lines, as markers need it: what stands beside a conflict on its lines
 * belongs to each of its sides.
 */
export function inWholeLines(pieces: Pieces): Pieces {
  const lines: (string | Conflict)[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (typeof piece === "string") {
      if (piece === "") continue;
      if (typeof last === "string") lines[lines.length - 1] = last + piece;
      else if (last === undefined || isEnded(last)) lines.push(piece);
      else {
        const cut = piece.indexOf("\n") + 1 || piece.length;
        lines[lines.length - 1] = around("", last, piece.slice(0, cut));
        if (cut < piece.length) lines.push(piece.slice(cut));
      }
    } else if (typeof last === "string") {
      const cut = last.lastIndexOf("\n") + 1;
      lines[lines.length - 1] = last.slice(0, cut);
      if (cut === 0) lines.pop();
      lines.push(around(last.slice(cut), piece, ""));
    } else if (last === undefined || isEnded(last)) lines.push(piece);
    else lines[lines.length - 1] = joined(last, piece);
  }
  return lines;
}

function isEnded({ base, yours, theirs }: Conflict): boolean {
  const texts = [base, yours, theirs].filter((text) => text !== "");
  return texts.every((text) => text.endsWith("\n"));
}

function around(before: string, conflict: Conflict, after: string): Conflict {
  const add = (text: string): string =>
    text === "" && /^\s*$/.test(before) && /^,?\s*$/.test(after)
      ? ""
      : before + text + after;
  const { base, yours, theirs } = conflict;
  return {
    ...conflict,
    base: add(base),
    yours: add(yours),
    theirs: add(theirs),
  };
}

function joined(first: Conflict, second: Conflict): Conflict {
  const reason =
    first.reason === second.reason
      ? first.reason
      : `${first.reason} ${second.reason}`;
  return {
    name: first.name || second.name,
    reason,
    base: first.base + second.base,
    yours: first.yours + second.yours,
    theirs: first.theirs + second.theirs,
  };
}
