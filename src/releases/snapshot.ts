import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Answers } from "../answers.ts";
import type { RenderedFile } from "../render/rendered-file.ts";

/** What one version emits for many answers; each different file is there once. */
export interface Snapshot {
  readonly version: string;
  readonly files: readonly RenderedFile[];
  readonly outputs: readonly SnapshotOutput[];
}

/** The output for some answers, as places in the list of files. */
export interface SnapshotOutput {
  readonly answers: Answers;
  readonly files: readonly number[];
  /** The part of package.json that is the tool's in any project. */
  readonly fragment: number;
}

/** What is rendered for some answers. */
export interface Output {
  readonly answers: Answers;
  readonly files: readonly RenderedFile[];
  readonly fragment: RenderedFile;
}

/** No release comes near this many bytes. */
const largestSnapshot = 64_000_000;

/** Numbers the different files of many outputs in the order in which they come. */
export function collectSnapshot(
  version: string,
  outputs: Iterable<Output>,
): Snapshot {
  const files: RenderedFile[] = [];
  const numbers = new Map<string, number>();
  const number = (file: RenderedFile): number => {
    const { id, path, owner, merge, text } = file;
    const key = [id, path, owner, merge, text].join("\n");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, files.length);
    return files.push({ id, path, owner, merge, text }) - 1;
  };
  const numbered: SnapshotOutput[] = [];
  for (const output of outputs) {
    numbered.push({
      answers: output.answers,
      files: output.files.map(number),
      fragment: number(output.fragment),
    });
  }
  return { version, files, outputs: numbered };
}

/** The snapshot as one compressed file. */
export function packSnapshot(snapshot: Snapshot): Buffer {
  const text = JSON.stringify(snapshot);
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

/** Reads what `packSnapshot` gave. */
export function unpackSnapshot(packed: Uint8Array): Snapshot {
  const text = brotliDecompressSync(packed, {
    maxOutputLength: largestSnapshot,
  }).toString("utf8");
  return JSON.parse(text) as Snapshot;
}
