import type { Kind } from "./kind.ts";

/** One line of the table of settings. */
export interface Setting<Value> {
  /** The environment variable. */
  readonly env: string;
  readonly kind: Kind<Value>;
  /** The value when no source gives one. */
  readonly fallback: Value;
  /** What it does, in a sentence. */
  readonly doc: string;
  /** Whether values must stay out of messages. */
  readonly secret?: boolean;
}

/** Ties the fallback of a setting to its kind. */
export function defineSetting<Value>(setting: Setting<Value>): Setting<Value> {
  return setting;
}
