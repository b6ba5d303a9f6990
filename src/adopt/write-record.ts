import { existsSync } from "node:fs";
import { join } from "node:path";
import { readBytes } from "../create/target.ts";
import { formatFiles } from "../format.ts";
import type { Project } from "../project/project.ts";
import { baseFile, recordFile, type BentoRecord } from "../record.ts";
import { printRecord } from "../record/print-record.ts";
import { hashOf, type WriteChange } from "../write/change.ts";
import { applyChanges } from "../write/transaction.ts";

/**
 * Writes the two files of a record and nothing else. Those that are there are kept beside them.
 *
 * @returns the paths of what was kept
 */
export async function writeRecord(
  { root, details }: Project,
  layer: string,
  record: BentoRecord,
  signal: AbortSignal,
): Promise<readonly string[]> {
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
  const copies = changes.flatMap((change) => copyOf(root, change));
  await applyChanges(root, [...copies, ...changes], { signal });
  return copies.map((copy) => copy.path);
}

function replacing(root: string, path: string, content: string): WriteChange {
  const before = readBytes(root, path);
  const expected = before === null ? null : hashOf(before);
  return { kind: "write", path, content, expected };
}

/** A damaged record may still tell somebody something. */
function copyOf(root: string, { path, content }: WriteChange): WriteChange[] {
  const before = readBytes(root, path);
  if (before === null || before.length === 0) return [];
  if (before.equals(Buffer.from(content))) return [];
  const copy = freeName(root, `${path}.damaged`);
  return [{ kind: "write", path: copy, content: before, expected: null }];
}

function freeName(root: string, name: string): string {
  let free = name;
  for (let number = 2; existsSync(join(root, free)); number += 1) {
    free = `${name}-${number}`;
  }
  return free;
}
