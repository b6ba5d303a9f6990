import { type Kind, quotesHint, type Reading, refused } from "./kind.ts";

const unitsInSeconds: ReadonlyMap<string, number> = new Map([
  ["ms", 0.001],
  ["s", 1],
  ["sec", 1],
  ["m", 60],
  ["min", 60],
  ["h", 3600],
]);

/** A whole number within bounds, both included. */
export function integer(min: number, max: number): Kind<number> {
  return {
    expected: `an integer from ${min} to ${max}`,
    read(raw) {
      const value = readNumber(raw);
      if (value === undefined) return { hint: quotesHint(raw) };
      return Number.isInteger(value) && value >= min && value <= max
        ? { value }
        : refused;
    },
  };
}

/** The bounds of a duration: the least value is included as `from`, excluded as `over`. */
export interface SecondsBounds {
  readonly from?: number;
  readonly over?: number;
  readonly max: number;
  /** Whether -1 stands for never. */
  readonly never?: boolean;
}

/** A duration in seconds, fractions allowed. */
export function seconds(bounds: SecondsBounds): Kind<number> {
  const { from = 0, over, max, never = false } = bounds;
  const range =
    over === undefined
      ? `from ${from} to ${max}`
      : `over ${over}, up to ${max}`;
  return {
    expected: `seconds ${range}${never ? ", or -1 for never" : ""}`,
    read(raw) {
      const value = readNumber(raw);
      if (value === undefined) return { hint: unitHint(raw) };
      if (value > max) return { hint: millisecondsHint(value) };
      const enough = over === undefined ? value >= from : value > over;
      return enough || (never && value === -1) ? { value } : refused;
    },
  };
}

/** Lets `none` (in code also null) switch a duration off; the value is then undefined. */
export function orNone(kind: Kind<number>): Kind<number | undefined> {
  return {
    expected: `${kind.expected}, or none`,
    read(raw): Reading<number | undefined> {
      const off =
        raw === null ||
        (typeof raw === "string" && /^\s*(none|null)\s*$/i.test(raw));
      if (off) return { value: undefined };
      return readNumber(raw) === 0
        ? { hint: "write none for no limit" }
        : kind.read(raw);
    },
  };
}

/** A finite decimal number, or undefined; `_` may group digits, as pydantic allows. */
function readNumber(raw: unknown): number | undefined {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== "string") return undefined;
  const text = raw.trim();
  return /^[+-]?(\d+(_\d+)*(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i.test(text)
    ? Number(text.replaceAll("_", ""))
    : undefined;
}

function unitHint(raw: unknown): string | undefined {
  if (typeof raw !== "string") return undefined;
  const match = /^\s*(\d*\.?\d+)\s*([a-z]+)\s*$/i.exec(raw);
  const unit = unitsInSeconds.get(match?.[2]?.toLowerCase() ?? "");
  if (match?.[1] !== undefined && unit !== undefined) {
    const value = Number((Number(match[1]) * unit).toFixed(3));
    return `write the number alone, in seconds: ${value}`;
  }
  return /^\s*\d+,\d+\s*$/.test(raw)
    ? `write ${raw.trim().replace(",", ".")}`
    : quotesHint(raw);
}

function millisecondsHint(value: number): string {
  return `seconds, not milliseconds? ${value} ms are ${value / 1000} s`;
}
