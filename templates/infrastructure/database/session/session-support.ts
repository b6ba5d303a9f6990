/** What sessions need to know of a database. */
export interface SessionSupport {
  /** Turns a bound value of a raw statement into what the driver stores as Sequelize stores it. */
  bindValue(value: unknown): unknown;
}
