import type {
  QueryInterface,
  QueryOptions,
  Sequelize,
  TableName,
  Transaction,
  TransactionOptions,
} from "sequelize";
import type { MigrationContext } from "./migration.ts";

/**
 * What a migration gets: Sequelize and its query interface with every statement inside `transaction`.
 *
 * Sequelize takes the transaction as an option of each call, and forgets it itself in some
 * (`removeConstraint` on SQLite). A statement outside would survive a rollback, and on SQLite
 * it would wait for the writer that the migration holds.
 */
export function createContext(
  sequelize: Sequelize,
  transaction: Transaction | null,
): MigrationContext {
  const bound = Object.create(sequelize) as Sequelize;
  const queryInterface = Object.create(
    sequelize.getQueryInterface(),
  ) as QueryInterface;
  Object.assign(queryInterface, {
    sequelize: bound,
    ...standardColumnChanges(bound, queryInterface),
  });
  Object.assign(bound, {
    getQueryInterface: () => queryInterface,
    query: (statement: string, options?: QueryOptions) =>
      sequelize.query(statement, {
        ...options,
        transaction: options?.transaction ?? transaction,
      }),
    ...(transaction === null ? {} : savepoints(sequelize, transaction)),
  });
  const sql: MigrationContext["sql"] = async (statement, bind) => {
    const options = bind === undefined ? {} : { bind: [...bind] };
    const [rows] = await bound.query(statement, options);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  };
  return { sequelize: bound, queryInterface, transaction, sql };
}

/** Both databases know these statements; Sequelize's own way on SQLite rebuilds the table and loses its indexes. */
function standardColumnChanges(
  sequelize: Sequelize,
  names: QueryInterface,
): Pick<QueryInterface, "removeColumn" | "renameColumn"> {
  const quoteTable = (table: TableName): string => {
    if (typeof table === "string") return names.quoteIdentifiers(table);
    const { schema, tableName } = table;
    return [schema, tableName]
      .flatMap((name) =>
        name === undefined ? [] : names.quoteIdentifier(name),
      )
      .join(".");
  };
  const alter = async (
    table: TableName,
    change: string,
    options?: QueryOptions,
  ): Promise<void> => {
    await sequelize.query(
      `ALTER TABLE ${quoteTable(table)} ${change}`,
      options,
    );
  };
  return {
    removeColumn: (table, column, options) =>
      alter(table, `DROP COLUMN ${names.quoteIdentifier(column)}`, options),
    renameColumn: (table, before, after, options) =>
      alter(
        table,
        `RENAME COLUMN ${names.quoteIdentifier(before)} TO ${names.quoteIdentifier(after)}`,
        options,
      ),
  };
}

type Work = (transaction: Transaction) => Promise<unknown>;

/** A transaction within the migration's becomes a savepoint of it. */
function savepoints(sequelize: Sequelize, transaction: Transaction): object {
  return {
    transaction: (first?: TransactionOptions | Work, second?: Work) => {
      const work = typeof first === "function" ? first : second;
      const options = {
        ...(typeof first === "object" ? first : {}),
        transaction,
      };
      return work === undefined
        ? sequelize.transaction(options)
        : sequelize.transaction(options, work);
    },
  };
}
