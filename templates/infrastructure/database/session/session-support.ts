/** What sessions need to know of a database. */
export interface SessionSupport {
  /** Makes the transaction that has just begun read-only; undefined where its connection is. */
  readonly readOnlyStatement: string | undefined;
  /** Turns a bound value of a raw statement into what the driver stores as Sequelize stores it. */
  bindValue(value: unknown): unknown;
  /** Whether the server has given up the transaction on this connection, so that COMMIT would silently roll it back. */
  hasGivenUp(native: object): boolean;
}
