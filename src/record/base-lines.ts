import {
  hashText,
  toLineFeeds,
  type RecordedFile,
  type RecordProblem,
} from "../record.ts";
import { unpackText } from "./packed-text.ts";

/** The pristine texts that could be read, and what is wrong with the others. */
export interface ReadBase {
  readonly base: ReadonlyMap<string, string>;
  readonly damaged: readonly RecordProblem[];
}

/** Reads `base.txt`; a text counts only when its hash is the one in the record. */
export function readBase(
  text: string,
  files: readonly RecordedFile[],
): ReadBase {
  const lines = toLineFeeds(text)
    .replace(/^\uFEFF/, "")
    .split("\n");
  // After a merge in git both branches' lines may be there: any that fits will do.
  const words = new Map<string, string[]>();
  for (const line of lines) {
    const [id = "", , word = ""] = line.trim().split(/\s+/);
    words.set(id, [...(words.get(id) ?? []), word]);
  }
  const base = new Map<string, string>();
  const damaged: RecordProblem[] = [];
  for (const { id, hash } of files) {
    const found = (words.get(id) ?? [])
      .map(unpackText)
      .find(
        (candidate) => candidate !== undefined && hashText(candidate) === hash,
      );
    if (found === undefined) damaged.push(explain(id, words.has(id)));
    else base.set(id, found);
  }
  return { base, damaged };
}

function explain(id: string, present: boolean): RecordProblem {
  const what = present
    ? "its line does not match the hash in record.json"
    : "its line is missing";
  return `base.txt, ${id}: ${what}; restore base.txt from your history, or let create-bento-db adopt render it anew.`;
}
