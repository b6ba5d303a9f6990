import { readBytes } from "../create/target.ts";
import { formatFiles } from "../format.ts";
import type { Project } from "../project/project.ts";
import { baseFile, recordFile, type BentoRecord } from "../record.ts";
import { printRecord } from "../record/print-record.ts";
import { hashOf, type WriteChange } from "../write/change.ts";
import { applyChanges } from "../write/transaction.ts";

/** Writes the two files of a record, in place of those that are there, and nothing else. */
export async function writeRecord(
  { root, details }: Project,
  layer: string,
  record: BentoRecord,
  signal: AbortSignal,
): Promise<void> {
  const { json, base } = printRecord(record);
  const path = `${layer}/${recordFile}`;
  const { texts } = await formatFiles(
    root,
    details?.formatter,
    [{ path, text: json }],
    signal,
  );
  const changes = [
    replacing(root, `${layer}/${baseFile}`, base),
    replacing(root, path, texts.get(path) ?? json),
  ];
  await applyChanges(root, changes, { signal });
}

function replacing(root: string, path: string, content: string): WriteChange {
  const before = readBytes(root, path);
  const expected = before === null ? null : hashOf(before);
  return { kind: "write", path, content, expected };
}
