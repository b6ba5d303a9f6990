import type { MigrationEntry } from "./migration-state.ts";
import type { MigrationStatus } from "./migrator-options.ts";

/** The status as a table of lines, with what needs attention below. */
export function reportStatus({
  migrations,
  problems,
}: MigrationStatus): string {
  const lines = migrations.map(describeEntry);
  const pending = migrations.filter(({ state }) => state === "pending").length;
  const applied = migrations.length - pending;
  return [
    ...lines,
    `${applied} applied, ${pending} pending`,
    ...problems.map((problem) => `! ${problem}`),
  ].join("\n");
}

/** What `migrate` or `rollback` has done. */
export type RunResult =
  | { readonly applied: readonly string[] }
  | { readonly rolledBack: readonly string[] };

/** The last line of `migrate` and `rollback`. */
export function reportRun(result: RunResult): string {
  const [names, done, nothing] =
    "applied" in result
      ? [result.applied, "applied", "Nothing to migrate"]
      : [result.rolledBack, "rolled back", "Nothing to roll back"];
  if (names.length === 0) return nothing;
  return `${names.length} ${names.length === 1 ? "migration" : "migrations"} ${done}`;
}

/** An error for people: its words and those of its causes, without a stack. */
export function reportError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === "") {
    return error.errors.map(reportError).join("; ");
  }
  return error.message === ""
    ? reportError(error.cause ?? error.name)
    : error.message;
}

function describeEntry({ name, state, executedAt }: MigrationEntry): string {
  const when = executedAt?.toISOString().slice(0, 19).replace("T", " ") ?? "";
  return `${state.padEnd(8)} ${when.padEnd(19)} ${name}`;
}
