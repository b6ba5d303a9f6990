import type { Report } from "./configuration-error.ts";
import type { Kind, Reading } from "./kind.ts";
import { showValue } from "./mask.ts";
import type { SettingName } from "./settings.ts";

/** A raw value and where it stood. */
export interface Given {
  /** The variable, property or URL parameter. */
  readonly name: string;
  readonly raw: unknown;
  /** The file it stood in, if not in code or the environment. */
  readonly file?: string | undefined;
}

/** Raw values by setting. */
export type GivenSettings = Readonly<Partial<Record<SettingName, Given>>>;

/** Reads a raw value as its kind; reports why it cannot be, without showing a secret. */
export function readGiven<Value>(
  { name, raw, file }: Given,
  kind: Kind<Value>,
  report: Report,
  secret = false,
): Reading<Value> {
  const reading = kind.read(raw);
  if ("hint" in reading) {
    const { expected } = kind;
    const received = inFile(showValue(raw, secret), file);
    report({ name, expected, received, hint: reading.hint });
  }
  return reading;
}

/** Adds the file that a value stood in, if any. */
export function inFile(shown: string, file: string | undefined): string {
  return file === undefined ? shown : `${shown} in ${file}`;
}
