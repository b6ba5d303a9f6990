import { MigrationRequestError } from "./migration-errors.ts";
import { bareName, compareNames } from "./migration-files.ts";
import type { MigrationEntry } from "./migration-state.ts";

export interface UpOptions {
  /** The last migration to apply, by its name; all by default. */
  readonly to?: string;
}

export interface DownOptions {
  /** The last migration to undo, by its name; "0" undoes all. */
  readonly to?: string;
  /** How many to undo; 1 by default. */
  readonly step?: number;
}

/** The names to apply, in order. */
export function selectUp(
  entries: readonly MigrationEntry[],
  { to }: UpOptions,
): string[] {
  const last = to === undefined ? undefined : findEntry(entries, to);
  return entries
    .filter(({ state }) => state === "pending")
    .filter(({ name }) => last === undefined || compareNames(name, last) <= 0)
    .map(({ name }) => name);
}

/** The names to undo, the newest first. */
export function selectDown(
  entries: readonly MigrationEntry[],
  { to, step }: DownOptions,
): string[] {
  if (to !== undefined && step !== undefined) {
    throw new MigrationRequestError(
      "`to` and `step` exclude each other: name the last migration to undo, or how many.",
    );
  }
  const count = readCount(step ?? 1);
  const newestFirst = entries
    .filter(({ state }) => state !== "pending")
    .reverse();
  const chosen =
    to === undefined
      ? newestFirst.slice(0, count)
      : newestFirst.slice(0, countDownTo(newestFirst, entries, to));
  const missing = chosen.filter(({ state }) => state === "missing");
  if (missing.length > 0) {
    throw new MigrationRequestError(
      `Nothing was rolled back: the file of ${missing.map(({ name }) => name).join(", ")} is missing, so there is no way to undo it. Restore the file first.`,
    );
  }
  return chosen.map(({ name }) => name);
}

function readCount(step: number): number {
  if (Number.isInteger(step) && step > 0) return step;
  throw new MigrationRequestError(
    `\`step\` is how many migrations to undo, a whole number from 1, got ${step}.`,
  );
}

function countDownTo(
  newestFirst: readonly MigrationEntry[],
  entries: readonly MigrationEntry[],
  to: string,
): number {
  if (to === "0") return newestFirst.length;
  const name = findEntry(entries, to);
  const index = newestFirst.findIndex((entry) => entry.name === name);
  if (index >= 0) return index + 1;
  throw new MigrationRequestError(
    `${name} has not been applied, so nothing can be rolled back to it.`,
  );
}

function findEntry(entries: readonly MigrationEntry[], text: string): string {
  const name = bareName(text);
  if (entries.some((entry) => entry.name === name)) return name;
  const near = entries.filter((entry) => entry.name.includes(name));
  const shown = (near.length > 0 ? near : entries).slice(-5);
  throw new MigrationRequestError(
    `There is no migration ${JSON.stringify(name)}. Expected its whole name, such as ${shown.map((entry) => entry.name).join(", ") || "20260131093000-add-email"}.`,
  );
}
