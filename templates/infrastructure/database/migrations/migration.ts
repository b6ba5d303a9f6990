import type { QueryInterface, Sequelize, Transaction } from "sequelize";

/** What a migration works with: all of it runs inside the migration's own transaction. */
export interface MigrationContext {
  /** `sequelize.query(…)` for statements that need Sequelize's options; a transaction inside becomes a savepoint. */
  readonly sequelize: Sequelize;
  /** `createTable`, `addColumn`, `addIndex`, `bulkInsert` … */
  readonly queryInterface: QueryInterface;
  /** For code that takes one, such as a model; `null` after `export const transaction = false`. */
  readonly transaction: Transaction | null;
  /** Runs one statement, its values bound to $1, $2 …, and returns its rows. */
  readonly sql: (
    statement: string,
    bind?: readonly unknown[],
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** One direction of a migration. */
export type MigrationStep = (context: MigrationContext) => Promise<void>;

/** What a file in `versions/` exports. */
export interface Migration {
  readonly up: MigrationStep;
  /** Undoes `up`. */
  readonly down: MigrationStep;
  /** `false` for statements that refuse a transaction, such as CREATE INDEX CONCURRENTLY; true by default. */
  readonly transaction?: boolean;
}
