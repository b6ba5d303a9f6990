import type { Merged } from "./merged.ts";

/** A merge whose every line ends as on Windows. */
export function toWindows(merged: Merged): Merged {
  const pieces = merged.pieces.map((piece) =>
    typeof piece === "string"
      ? ended(piece)
      : {
          ...piece,
          base: ended(piece.base),
          yours: ended(piece.yours),
          theirs: ended(piece.theirs),
        },
  );
  return { ...merged, pieces };
}

function ended(text: string): string {
  return text.replaceAll("\n", "\r\n");
}
