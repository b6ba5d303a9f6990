import { formatFiles } from "../format.ts";
import { baseFile, recordFile, type BentoRecord } from "../record.ts";
import { printRecord } from "../record/print-record.ts";
import { hashOf, type Change, type WriteChange } from "../write/change.ts";
import type { LayerState } from "./layer-state.ts";
import { dress, dressOf } from "./text-dress.ts";

/** The two files of the record, record.json last: with it, the run is complete. None where nothing changes. */
export async function recordChanges(
  { root, layer, texts, formatter }: LayerState,
  next: BentoRecord,
  signal: AbortSignal | undefined,
): Promise<readonly Change[]> {
  const printed = printRecord(next, texts.base);
  const path = `${layer}/${recordFile}`;
  const files = [{ path, text: printed.json }];
  const styled = await formatFiles(root, formatter, files, signal);
  const json = styled.texts.get(path) ?? printed.json;
  return [
    written(`${layer}/${baseFile}`, texts.base, printed.base),
    written(path, texts.json, json),
  ].flatMap((change) => change ?? []);
}

/** In the dress that the file has; undefined when it says the same already. */
function written(
  path: string,
  present: string,
  text: string,
): WriteChange | undefined {
  const content = present === "" ? text : dress(text, dressOf(present));
  if (content === present) return undefined;
  const expected = present === "" ? null : hashOf(present);
  return { kind: "write", path, content, expected };
}
