import * as pg from "pg";
import type { SessionSupport } from "../session/session-support.ts";

/** PostgreSQL's part in sessions. */
export const postgresSessionSupport: SessionSupport = {
  // Sequelize 6 ignores `readOnly` here.
  readOnlyStatement: "SET TRANSACTION READ ONLY",
  bindValue: (value) => value,
  hasGivenUp: (native) =>
    native instanceof pg.Client && native.getTransactionStatus() === "E",
};
