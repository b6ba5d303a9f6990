/** A kind of value: what it must look like, and how to read it from what a source holds. */
export interface Kind<Value> {
  /** What a value must be, as messages put it. */
  readonly expected: string;
  /** Turns a raw value, often a string, into one of the kind. */
  readonly read: (raw: unknown) => Reading<Value>;
}

/** A value, or a refusal with the likely fix where there is one. */
export type Reading<Value> =
  | { readonly value: Value }
  | { readonly value?: never; readonly hint: string | undefined };

/** A refusal without a fix beyond what was expected. */
export const refused = { hint: undefined } as const;

/** The hint for a value that kept its quotes, as `docker --env-file` leaves them. */
export function quotesHint(raw: unknown): string | undefined {
  return typeof raw === "string" && /^(["']).*\1$/s.test(raw.trim())
    ? "remove the quotes around it"
    : undefined;
}
