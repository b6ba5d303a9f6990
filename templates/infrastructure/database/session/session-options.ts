import type { Transaction } from "sequelize";

/** The SQL names, such as `"SERIALIZABLE"`. */
export type IsolationLevel = `${Transaction.ISOLATION_LEVELS}`;

/** How the sessions of a factory behave. */
export interface SessionOptions {
  /** Forget after each commit what was read, so that the next `get` reads again; false by default. */
  readonly expireOnCommit?: boolean;
  /** Write pending changes before each query, so that it sees them; true by default. */
  readonly autoflush?: boolean;
  /** The isolation of each transaction; the database's own default otherwise. */
  readonly isolationLevel?: IsolationLevel;
  /** Only read: on SQLite such sessions run side by side, beside the one that writes. */
  readonly readOnly?: boolean;
}
