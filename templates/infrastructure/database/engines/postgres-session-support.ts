import * as pg from "pg";
import type { SessionSupport } from "../session/session-support.ts";

/** PostgreSQL's part in sessions. */
export const postgresSessionSupport: SessionSupport = {
  bindValue: (value) => value,
  hasGivenUp: (native) =>
    native instanceof pg.Client && native.getTransactionStatus() === "E",
};
