import type { SessionSupport } from "../session/session-support.ts";
import { toSqliteValue } from "./sqlite-value.ts";

/** SQLite's part in sessions. */
export const sqliteSessionSupport: SessionSupport = {
  bindValue: toSqliteValue,
  // A failed statement leaves the transaction as it was.
  hasGivenUp: () => false,
};
