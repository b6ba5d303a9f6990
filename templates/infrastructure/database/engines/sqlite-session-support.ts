import type { SessionSupport } from "../session/session-support.ts";
import { toSqliteValue } from "./sqlite-value.ts";

/** SQLite's part in sessions. */
export const sqliteSessionSupport: SessionSupport = {
  bindValue: toSqliteValue,
};
