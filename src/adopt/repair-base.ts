import { hashText, type BentoRecord, type RecordedFile } from "../record.ts";
import type { KnownEdition } from "./known-edition.ts";

/** A record whose lost texts were found again, as far as they could be. */
export interface Repair {
  readonly record: BentoRecord;
  readonly repaired: readonly string[];
  readonly lost: readonly string[];
}

/** Renders the lost texts anew; one counts only when its hash is the recorded one. */
export function repairBase(
  record: BentoRecord,
  editions: Iterable<KnownEdition>,
): Repair {
  const base = new Map(record.base);
  const isLost = ({ id }: RecordedFile): boolean => !base.has(id);
  const damaged = record.files.filter(isLost);
  for (const { output } of editions) {
    if (!damaged.some(isLost)) break;
    const found = output(record.answers);
    const texts = found === undefined ? [] : [found.fragment, ...found.files];
    for (const { id, hash } of damaged.filter(isLost)) {
      const text = texts.find(
        (file) => file.id === id && hashText(file.text) === hash,
      )?.text;
      if (text !== undefined) base.set(id, text);
    }
  }
  return {
    record: { ...record, base },
    repaired: damaged.filter((file) => !isLost(file)).map(({ path }) => path),
    lost: damaged.filter(isLost).map(({ path }) => path),
  };
}
