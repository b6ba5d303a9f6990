import { join } from "node:path";
import { parseAnswers, type Answers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { recordFile } from "../record.ts";
import { recordFormat } from "../record/print-record.ts";
import { readText } from "./manifest.ts";
import { refuseNewer } from "./newer-record.ts";

/** What a record says first: which version wrote the layer, and for which answers. */
export interface RecordHead {
  readonly version: string;
  readonly answers: Answers;
}

/**
 * Reads the head of the record in a layer's folder; the answers' path is the folder where it was found.
 *
 * @throws ToolError `damaged-record`, or `newer-record` where only a newer version understands it
 */
export function readRecordHead(root: string, layer: string): RecordHead {
  const file = join(root, layer, recordFile);
  const text = readText(file) ?? "";
  let values: Readonly<Record<string, unknown>> | null;
  try {
    values = JSON.parse(text) as typeof values;
  } catch (error) {
    throw damaged(file, "it is no JSON", error);
  }
  const parsed = parseAnswers(values?.answers);
  if (!parsed.ok || values?.format !== recordFormat) refuseNewer(text, layer);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw damaged(file, `${first?.name ?? ""}: ${first?.message ?? ""}`);
  }
  if (typeof values?.version !== "string") {
    throw damaged(file, "it names no version");
  }
  return {
    version: values.version,
    answers: { ...parsed.answers, path: layer },
  };
}

function damaged(file: string, problem: string, cause?: unknown): ToolError {
  return new ToolError({
    code: "damaged-record",
    message: `Cannot understand ${file}: ${problem}.`,
    remedy:
      "Restore it from your version control, or let create-bento-db adopt make a new one.",
    cause,
  });
}
