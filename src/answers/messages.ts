import { nearest } from "./nearest.ts";

/** What a closed question expected, what came, and what was probably meant. */
export function notAChoice(value: unknown, allowed: readonly string[]): string {
  const close = typeof value === "string" ? nearest(value, allowed) : undefined;
  const hint = close === undefined ? "" : ` Did you mean ${show(close)}?`;
  const list = allowed.map((choice) => choice || '""').join(", ");
  return `Expected one of ${list}, got ${show(value)}.${hint}`;
}

/** A value as it came, short enough for a message and without control characters. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : kind(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  return value === undefined ? "nothing" : `a value of type ${typeof value}`;
}
