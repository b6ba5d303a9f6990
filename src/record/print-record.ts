import type { Answers } from "../answers.ts";
import type { BentoRecord, RecordedFile } from "../record.ts";
import { printJson, type Json } from "../render/print-json.ts";
import { packText } from "./packed-text.ts";

/** The layout of the record's files; a newer tool may raise it. */
export const recordFormat = 1;

/** The texts of `record.json` and `base.txt`. */
export interface PrintedRecord {
  readonly json: string;
  readonly base: string;
}

/**
 * Prints a record. `previousBase` keeps the lines of unchanged files byte for byte, even where another version of
 * Node.js would compress them differently.
 */
export function printRecord(
  record: BentoRecord,
  previousBase = "",
): PrintedRecord {
  return {
    json: printJson({
      format: recordFormat,
      version: record.version,
      answers: answersAsJson(record.answers),
      files: Object.fromEntries(record.files.map(fileAsJson)),
    }),
    base: printBase(record, previousBase),
  };
}

/** One sorted line a file, so that two branches which both upgraded merge in git. */
function printBase(record: BentoRecord, previousBase: string): string {
  const kept = new Map(
    previousBase
      .split(/\r?\n/)
      .map((line) => [line.split(" ").slice(0, 2).join(" "), line]),
  );
  return record.files
    .flatMap(({ id, hash }) => {
      const text = record.base.get(id);
      if (text === undefined) return [];
      const start = `${id} ${hash}`;
      return [`${kept.get(start) ?? `${start} ${packText(text)}`}\n`];
    })
    .join("");
}

function answersAsJson(answers: Answers): Json {
  return { ...answers };
}

function fileAsJson(file: RecordedFile): [string, Json] {
  const { id, path, hash, version, state, own = [] } = file;
  const parts = own.length === 0 ? {} : { own: [...own].sort() };
  return [id, { path, hash, version, state, ...parts }];
}
