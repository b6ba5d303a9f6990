import { parseAnswers, type Answers } from "../answers.ts";
import type { BentoRecord, RecordedFile, RecordProblem } from "../record.ts";
import { readBase } from "./base-lines.ts";
import { recordFormat } from "./print-record.ts";
import { readRecordedFiles } from "./recorded-files.ts";
import { isVersion } from "./version-text.ts";

/** A record that can be used may still have damaged lines: their pristine text is missing from `base`. */
export type ParsedRecord =
  | {
      readonly ok: true;
      readonly record: BentoRecord;
      readonly damaged: readonly RecordProblem[];
    }
  | { readonly ok: false; readonly problems: readonly RecordProblem[] };

/** The record as it lies on the disk. */
export interface RecordTexts {
  readonly json: string;
  readonly base: string;
  /** The layer's folder in which the record was found, relative to the project. */
  readonly folder: string;
}

const largestJson = 1_000_000;
const largestBase = 8_000_000;

/**
 * Checks a record like any input. `knownIds` are the ids that any release has emitted: a record that names another
 * file, or a path outside the project, is refused.
 */
export function parseRecord(
  { json, base, folder }: RecordTexts,
  knownIds: ReadonlySet<string>,
): ParsedRecord {
  const large = tooLarge(json, base);
  if (large.length > 0) return { ok: false, problems: large };
  const head = readHead(json);
  if (!("files" in head)) return { ok: false, problems: [head.problem] };
  const problems: RecordProblem[] = [];
  const answers = readAnswers(head.answers, problems);
  const files = readRecordedFiles(head.files, knownIds, problems);
  if (answers === undefined || problems.length > 0) {
    return { ok: false, problems };
  }
  const read = readBase(base, files);
  const record = { version: head.version, answers, files, base: read.base };
  return { ok: true, record: relocate(record, folder), damaged: read.damaged };
}

function tooLarge(json: string, base: string): readonly RecordProblem[] {
  const over = (name: string, text: string, limit: number): RecordProblem[] =>
    text.length <= limit
      ? []
      : [`${name} has ${text.length} characters, at most ${limit} make sense.`];
  return [
    ...over("record.json", json, largestJson),
    ...over("base.txt", base, largestBase),
  ];
}

interface Head {
  readonly version: string;
  readonly answers: unknown;
  readonly files: unknown;
}

function readHead(json: string): Head | { readonly problem: RecordProblem } {
  if (/^(?:<{7}|={7}|>{7})(?: |$)/m.test(json)) {
    return {
      problem:
        "record.json has the conflict markers of a merge; keep the side with the newer version.",
    };
  }
  const parsed = readObject(json);
  if (parsed === undefined) {
    return {
      problem:
        "record.json is not a JSON object; restore it from your history.",
    };
  }
  const { format, version, answers, files } = parsed;
  if (format !== recordFormat) {
    return {
      problem: `record.json has format ${JSON.stringify(format)}, this version reads ${recordFormat}; use a newer create-bento-db.`,
    };
  }
  if (typeof version !== "string" || !isVersion(version)) {
    return { problem: "record.json names no version of create-bento-db." };
  }
  return { version, answers, files };
}

function readObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ""));
    const isObject =
      typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function readAnswers(
  value: unknown,
  problems: RecordProblem[],
): Answers | undefined {
  const parsed = parseAnswers(value);
  if (parsed.ok) return parsed.answers;
  problems.push(
    ...parsed.problems.map(
      ({ name, message }) => `record.json, answer ${name}: ${message}`,
    ),
  );
  return undefined;
}

/** A layer whose folder was moved or renamed brings its files along. */
function relocate(record: BentoRecord, folder: string): BentoRecord {
  const from = `${record.answers.path}/`;
  if (from === `${folder}/`) return record;
  const move = (file: RecordedFile): RecordedFile =>
    file.path.startsWith(from)
      ? { ...file, path: `${folder}/${file.path.slice(from.length)}` }
      : file;
  return {
    ...record,
    answers: { ...record.answers, path: folder },
    files: record.files.map(move),
  };
}
