/** What sessions need to know of a database. */
export interface SessionSupport {
  /** Turns a bound value of a raw statement into what the driver stores as Sequelize stores it. */
  bindValue(value: unknown): unknown;
  /** Whether the server has given up the transaction on this connection, so that COMMIT would silently roll it back. */
  hasGivenUp(native: object): boolean;
}
