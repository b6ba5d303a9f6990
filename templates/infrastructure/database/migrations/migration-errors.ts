import { DatabaseLayerError } from "../errors.ts";

export type Direction = "up" | "down";

/** Files that cannot be migrations; `problems` has one sentence for each. */
export class InvalidMigrationsError extends DatabaseLayerError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      "MIGRATIONS_INVALID",
      `Nothing was migrated, because of these files:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/** Applied migrations were changed or are gone, and `onDrift` is `error`. */
export class MigrationDriftError extends DatabaseLayerError {
  constructor(problems: readonly string[]) {
    super(
      "MIGRATIONS_DRIFTED",
      `Nothing was migrated, because the files no longer say what was applied:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
  }
}

/** The request names a migration that is not there, or contradicts itself. */
export class MigrationRequestError extends DatabaseLayerError {
  constructor(message: string) {
    super("MIGRATION_REQUEST", message);
  }
}

/** A migration's own code or one of its statements failed; `cause` is the error as it came. */
export class MigrationFailedError extends DatabaseLayerError {
  readonly migration: string;
  readonly direction: Direction;

  constructor(failure: {
    readonly migration: string;
    readonly direction: Direction;
    readonly inTransaction: boolean;
    readonly cause: unknown;
  }) {
    const { migration, direction, inTransaction, cause } = failure;
    const kept = inTransaction
      ? "Its transaction was rolled back: nothing of it was kept, and what ran before it stays."
      : "It runs without a transaction, so what it did before the error is still there: undo that by hand, or make its statements repeatable (IF NOT EXISTS).";
    const [step, command] =
      direction === "up"
        ? ["could not be applied", "db:migrate"]
        : ["could not be rolled back", "db:rollback"];
    super(
      "MIGRATION_FAILED",
      `Migration ${migration} ${step}: ${reasonOf(cause)}\n${kept} Correct the file and run ${command} again.`,
      { cause },
    );
    this.migration = migration;
    this.direction = direction;
  }
}

/** The database's own words with its code, where Sequelize says only "Validation error". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parent = "parent" in error ? error.parent : undefined;
  const source = parent instanceof Error ? parent : error;
  const code =
    "code" in source && typeof source.code === "string" ? source.code : "";
  const message = source.message === "" ? source.name : source.message;
  return code === "" || message.includes(code)
    ? message
    : `${message} (${code})`;
}
